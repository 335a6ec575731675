// SPDX-License-Identifier: GPL-2.0-only
/// A loop that perhaps dirties and gives back an array of pages: put_user_pages_dirty_lock() does that.
///
//# Matches: { if (c) set_page_dirty_lock(pages[i]); put_page(pages[i]); } in a counted loop, c the same each time.
//# Relies on: n is not negative, i is not read behind the loop, it may sleep; c says nothing about the single page.
//# Must not touch: loops where sleeping is not allowed, unless they lock already; loops that do more, whose index is read later, or whose count can be negative.
//
// Confidence: Medium
// Options: --no-includes --include-headers
// Comments: gupconv binds the names in braces to single calls that its index
// Comments: has linked to an acquire, and takes the patch rules only.

virtual patch
virtual context
virtual org
virtual report

// A tree that has put_user_page(), or is going to: one without unpin_user_page().
@script:python dirty_cond_loop_era@
@@
import os
mm = os.path.join(os.environ.get("srctree", "."), "include/linux/mm.h")
if os.path.exists(mm) and "unpin_user_page(" in open(mm).read():
	cocci.include_match(False)

@dirty_cond_loop_acquire depends on dirty_cond_loop_era@
identifier get =~ "^(__)?get_user_pages|^iov_iter_get_pages|^get_vaddr_frames$";
@@
get(...)

@dirty_cond_loop_up depends on patch && dirty_cond_loop_acquire@
identifier release = { put_page };
identifier dirty = { set_page_dirty, set_page_dirty_lock, SetPageDirty };
expression pages, c, n;
identifier i, page;
@@
- for (i = 0; \(i < n\|i != n\); i++) {
(
-	if (c) {
-		dirty(pages[i]);
-	}
-	release(pages[i]);
|
-	struct page *page = pages[i];
-	if (c) {
-		dirty(page);
-	}
-	release(page);
|
-	page = pages[i];
-	if (c) {
-		dirty(page);
-	}
-	release(page);
)
- }
+ put_user_pages_dirty_lock(pages, n, c);

@dirty_cond_loop_up_offset depends on patch && dirty_cond_loop_acquire@
identifier release = { put_page };
identifier dirty = { set_page_dirty, set_page_dirty_lock, SetPageDirty };
expression pages, c, n, off;
identifier i, page;
@@
- for (i = 0; \(i < n\|i != n\); i++) {
(
-	if (c) {
-		dirty(pages[off + i]);
-	}
-	release(pages[off + i]);
|
-	struct page *page = pages[off + i];
-	if (c) {
-		dirty(page);
-	}
-	release(page);
|
-	page = pages[off + i];
-	if (c) {
-		dirty(page);
-	}
-	release(page);
)
- }
+ put_user_pages_dirty_lock(&pages[off], n, c);

@dirty_cond_loop_down depends on patch && dirty_cond_loop_acquire@
identifier release = { put_page };
identifier dirty = { set_page_dirty, set_page_dirty_lock, SetPageDirty };
expression pages, c, n;
identifier i, page;
@@
- for (i = n - 1; i >= 0; i--) {
(
-	if (c) {
-		dirty(pages[i]);
-	}
-	release(pages[i]);
|
-	struct page *page = pages[i];
-	if (c) {
-		dirty(page);
-	}
-	release(page);
|
-	page = pages[i];
-	if (c) {
-		dirty(page);
-	}
-	release(page);
)
- }
+ put_user_pages_dirty_lock(pages, n, c);

@dirty_cond_loop_down_from depends on patch && dirty_cond_loop_acquire@
identifier release = { put_page };
identifier dirty = { set_page_dirty, set_page_dirty_lock, SetPageDirty };
expression pages, c;
identifier i, page;
@@
- for (i--; i >= 0; i--) {
(
-	if (c) {
-		dirty(pages[i]);
-	}
-	release(pages[i]);
|
-	struct page *page = pages[i];
-	if (c) {
-		dirty(page);
-	}
-	release(page);
|
-	page = pages[i];
-	if (c) {
-		dirty(page);
-	}
-	release(page);
)
- }
+ put_user_pages_dirty_lock(pages, i, c);

@dirty_cond_loop_while depends on patch && dirty_cond_loop_acquire@
identifier release = { put_page };
identifier dirty = { set_page_dirty, set_page_dirty_lock, SetPageDirty };
expression pages, c;
identifier i, page;
@@
- while (\(i--\|i-- > 0\|--i >= 0\)) {
(
-	if (c) {
-		dirty(pages[i]);
-	}
-	release(pages[i]);
|
-	struct page *page = pages[i];
-	if (c) {
-		dirty(page);
-	}
-	release(page);
|
-	page = pages[i];
-	if (c) {
-		dirty(page);
-	}
-	release(page);
)
- }
+ put_user_pages_dirty_lock(pages, i, c);

@dirty_cond_loop_while_some depends on patch && dirty_cond_loop_acquire@
identifier release = { put_page };
identifier dirty = { set_page_dirty, set_page_dirty_lock, SetPageDirty };
expression pages, c;
identifier i, page;
@@
- while (\(i\|i > 0\)) {
(
-	i--;
-	if (c) {
-		dirty(pages[i]);
-	}
-	release(pages[i]);
|
-	struct page *page = pages[--i];
-	if (c) {
-		dirty(page);
-	}
-	release(page);
|
-	page = pages[--i];
-	if (c) {
-		dirty(page);
-	}
-	release(page);
)
- }
+ put_user_pages_dirty_lock(pages, i, c);

@dirty_cond_loop_rest depends on patch && dirty_cond_loop_acquire@
identifier release = { put_page };
identifier dirty = { set_page_dirty, set_page_dirty_lock, SetPageDirty };
expression pages, c, n;
identifier i, page;
@@
- for (; i < n; i++) {
(
-	if (c) {
-		dirty(pages[i]);
-	}
-	release(pages[i]);
|
-	struct page *page = pages[i];
-	if (c) {
-		dirty(page);
-	}
-	release(page);
|
-	page = pages[i];
-	if (c) {
-		dirty(page);
-	}
-	release(page);
)
- }
+ if (i < n)
+	put_user_pages_dirty_lock(&pages[i], n - i, c);

@dirty_cond_loop_found depends on !patch && dirty_cond_loop_acquire@
identifier release = { put_page };
identifier dirty = { set_page_dirty, set_page_dirty_lock, SetPageDirty };
expression pages, c, n, off;
identifier i, page;
position p;
@@
(
for (i = 0; \(i < n\|i != n\); i++) {
(
	if (c) {
		dirty(pages[i]);
	}
	release@p(pages[i]);
|
	struct page *page = pages[i];
	if (c) {
		dirty(page);
	}
	release@p(page);
|
	page = pages[i];
	if (c) {
		dirty(page);
	}
	release@p(page);
)
}
|
for (i = 0; \(i < n\|i != n\); i++) {
(
	if (c) {
		dirty(pages[off + i]);
	}
	release@p(pages[off + i]);
|
	struct page *page = pages[off + i];
	if (c) {
		dirty(page);
	}
	release@p(page);
|
	page = pages[off + i];
	if (c) {
		dirty(page);
	}
	release@p(page);
)
}
|
for (i = n - 1; i >= 0; i--) {
(
	if (c) {
		dirty(pages[i]);
	}
	release@p(pages[i]);
|
	struct page *page = pages[i];
	if (c) {
		dirty(page);
	}
	release@p(page);
|
	page = pages[i];
	if (c) {
		dirty(page);
	}
	release@p(page);
)
}
|
for (i--; i >= 0; i--) {
(
	if (c) {
		dirty(pages[i]);
	}
	release@p(pages[i]);
|
	struct page *page = pages[i];
	if (c) {
		dirty(page);
	}
	release@p(page);
|
	page = pages[i];
	if (c) {
		dirty(page);
	}
	release@p(page);
)
}
|
while (\(i--\|i-- > 0\|--i >= 0\)) {
(
	if (c) {
		dirty(pages[i]);
	}
	release@p(pages[i]);
|
	struct page *page = pages[i];
	if (c) {
		dirty(page);
	}
	release@p(page);
|
	page = pages[i];
	if (c) {
		dirty(page);
	}
	release@p(page);
)
}
|
while (\(i\|i > 0\)) {
(
	i--;
	if (c) {
		dirty(pages[i]);
	}
	release@p(pages[i]);
|
	struct page *page = pages[--i];
	if (c) {
		dirty(page);
	}
	release@p(page);
|
	page = pages[--i];
	if (c) {
		dirty(page);
	}
	release@p(page);
)
}
|
for (; i < n; i++) {
(
	if (c) {
		dirty(pages[i]);
	}
	release@p(pages[i]);
|
	struct page *page = pages[i];
	if (c) {
		dirty(page);
	}
	release@p(page);
|
	page = pages[i];
	if (c) {
		dirty(page);
	}
	release@p(page);
)
}
)

@dirty_cond_loop_context depends on context@
identifier release = { put_page };
position dirty_cond_loop_found.p;
@@
* release@p(...)

@script:python depends on org@
p << dirty_cond_loop_found.p;
@@
coccilib.org.print_todo(p[0], "WARNING opportunity for put_user_pages_dirty_lock()")

@script:python depends on report@
p << dirty_cond_loop_found.p;
@@
coccilib.report.print_report(p[0], "WARNING opportunity for put_user_pages_dirty_lock()")
