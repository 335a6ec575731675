// SPDX-License-Identifier: GPL-2.0-only
/// A loop that dirties and gives back an array of pages: put_user_pages_dirty_lock() does that.
///
//# Matches: { set_page_dirty_lock(pages[i]); put_page(pages[i]); } in a counted loop.
//# Relies on: n is not negative, i is not read behind the loop, it may sleep.
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

@dirty_loop_acquire@
identifier get =~ "^(__)?get_user_pages|^iov_iter_get_pages|^get_vaddr_frames$";
@@
get(...)

@dirty_loop_up depends on patch && dirty_loop_acquire@
identifier release = { put_page };
identifier dirty = { set_page_dirty, set_page_dirty_lock, SetPageDirty };
expression pages, n;
identifier i, page;
@@
- for (i = 0; \(i < n\|i != n\); i++) {
(
-	dirty(pages[i]);
-	release(pages[i]);
|
-	struct page *page = pages[i];
-	dirty(page);
-	release(page);
|
-	page = pages[i];
-	dirty(page);
-	release(page);
)
- }
+ put_user_pages_dirty_lock(pages, n, true);

@dirty_loop_down depends on patch && dirty_loop_acquire@
identifier release = { put_page };
identifier dirty = { set_page_dirty, set_page_dirty_lock, SetPageDirty };
expression pages, n;
identifier i, page;
@@
- for (i = n - 1; i >= 0; i--) {
(
-	dirty(pages[i]);
-	release(pages[i]);
|
-	struct page *page = pages[i];
-	dirty(page);
-	release(page);
|
-	page = pages[i];
-	dirty(page);
-	release(page);
)
- }
+ put_user_pages_dirty_lock(pages, n, true);

@dirty_loop_while_post depends on patch && dirty_loop_acquire@
identifier release = { put_page };
identifier dirty = { set_page_dirty, set_page_dirty_lock, SetPageDirty };
expression pages;
identifier i, page;
@@
- while (i--) {
(
-	dirty(pages[i]);
-	release(pages[i]);
|
-	struct page *page = pages[i];
-	dirty(page);
-	release(page);
|
-	page = pages[i];
-	dirty(page);
-	release(page);
)
- }
+ put_user_pages_dirty_lock(pages, i, true);

@dirty_loop_while_post_zero depends on patch && dirty_loop_acquire@
identifier release = { put_page };
identifier dirty = { set_page_dirty, set_page_dirty_lock, SetPageDirty };
expression pages;
identifier i, page;
@@
- while (i-- > 0) {
(
-	dirty(pages[i]);
-	release(pages[i]);
|
-	struct page *page = pages[i];
-	dirty(page);
-	release(page);
|
-	page = pages[i];
-	dirty(page);
-	release(page);
)
- }
+ put_user_pages_dirty_lock(pages, i, true);

@dirty_loop_while_pre depends on patch && dirty_loop_acquire@
identifier release = { put_page };
identifier dirty = { set_page_dirty, set_page_dirty_lock, SetPageDirty };
expression pages;
identifier i, page;
@@
- while (--i >= 0) {
(
-	dirty(pages[i]);
-	release(pages[i]);
|
-	struct page *page = pages[i];
-	dirty(page);
-	release(page);
|
-	page = pages[i];
-	dirty(page);
-	release(page);
)
- }
+ put_user_pages_dirty_lock(pages, i, true);

@dirty_loop_while_any depends on patch && dirty_loop_acquire@
identifier release = { put_page };
identifier dirty = { set_page_dirty, set_page_dirty_lock, SetPageDirty };
expression pages;
identifier i, page;
@@
- while (i) {
(
-	struct page *page = pages[--i];
-	dirty(page);
-	release(page);
|
-	page = pages[--i];
-	dirty(page);
-	release(page);
)
- }
+ put_user_pages_dirty_lock(pages, i, true);

@dirty_loop_while_some depends on patch && dirty_loop_acquire@
identifier release = { put_page };
identifier dirty = { set_page_dirty, set_page_dirty_lock, SetPageDirty };
expression pages;
identifier i, page;
@@
- while (i > 0) {
(
-	struct page *page = pages[--i];
-	dirty(page);
-	release(page);
|
-	page = pages[--i];
-	dirty(page);
-	release(page);
)
- }
+ put_user_pages_dirty_lock(pages, i, true);

@dirty_loop_context depends on context && dirty_loop_acquire@
identifier release = { put_page };
identifier dirty = { set_page_dirty, set_page_dirty_lock, SetPageDirty };
expression pages, n;
identifier i;
@@
* for (i = 0; i < n; i++) {
	dirty(pages[i]);
*	release(pages[i]);
  }

@dirty_loop_found depends on (org || report) && dirty_loop_acquire@
identifier release = { put_page };
identifier dirty = { set_page_dirty, set_page_dirty_lock, SetPageDirty };
expression pages, n;
identifier i;
position p;
@@
for (i = 0; i < n; i++) {
	dirty(pages[i]);
	release@p(pages[i]);
}

@script:python depends on org@
p << dirty_loop_found.p;
@@
coccilib.org.print_todo(p[0], "WARNING opportunity for put_user_pages_dirty_lock()")

@script:python depends on report@
p << dirty_loop_found.p;
@@
coccilib.report.print_report(p[0], "WARNING opportunity for put_user_pages_dirty_lock()")
