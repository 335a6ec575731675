// SPDX-License-Identifier: GPL-2.0-only
/// A loop that gives back an array of pages, first to last: put_user_pages() does that.
///
//# Matches: for (i = 0; i < n; i++) put_page(pages[i]);  also pages[off + i], braces, a local page, an index of the loop's own.
//# Relies on: n is not negative, i is not read behind the loop, pages is an array of struct page *.
//# Must not touch: loops that do more, whose index is read later, or whose count can be negative.
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
@script:python loop_up_era@
@@
import os
mm = os.path.join(os.environ.get("srctree", "."), "include/linux/mm.h")
if os.path.exists(mm) and "unpin_user_page(" in open(mm).read():
	cocci.include_match(False)

@loop_up_acquire depends on loop_up_era@
identifier get =~ "^(__)?get_user_pages|^iov_iter_get_pages|^get_vaddr_frames$";
@@
get(...)

@loop_up depends on patch && loop_up_acquire@
identifier release = { put_page };
expression pages, n;
identifier i;
@@
- for (i = 0; \(i < n\|i != n\); i++)
-	release(pages[i]);
+ put_user_pages(pages, n);

@loop_up_braces depends on patch && loop_up_acquire@
identifier release = { put_page };
expression pages, n;
identifier i, page;
@@
- for (i = 0; \(i < n\|i != n\); i++) {
(
-	release(pages[i]);
|
-	struct page *page = pages[i];
-	release(page);
|
-	page = pages[i];
-	release(page);
)
- }
+ put_user_pages(pages, n);

@loop_up_offset depends on patch && loop_up_acquire@
identifier release = { put_page };
expression pages, n, off;
identifier i;
@@
- for (i = 0; \(i < n\|i != n\); i++)
-	release(pages[off + i]);
+ put_user_pages(&pages[off], n);

@loop_up_offset_braces depends on patch && loop_up_acquire@
identifier release = { put_page };
expression pages, n, off;
identifier i, page;
@@
- for (i = 0; \(i < n\|i != n\); i++) {
(
-	release(pages[off + i]);
|
-	struct page *page = pages[off + i];
-	release(page);
|
-	page = pages[off + i];
-	release(page);
)
- }
+ put_user_pages(&pages[off], n);

@loop_up_declared depends on patch && loop_up_acquire@
identifier release = { put_page };
expression pages, n;
identifier i;
type T;
@@
- for (T i = 0; \(i < n\|i != n\); i++)
-	release(pages[i]);
+ put_user_pages(pages, n);

@loop_up_declared_braces depends on patch && loop_up_acquire@
identifier release = { put_page };
expression pages, n;
identifier i, page;
type T;
@@
- for (T i = 0; \(i < n\|i != n\); i++) {
(
-	release(pages[i]);
|
-	struct page *page = pages[i];
-	release(page);
)
- }
+ put_user_pages(pages, n);

@loop_up_found depends on !patch && loop_up_acquire@
identifier release = { put_page };
expression pages, n, off;
identifier i, page;
type T;
position p;
@@
(
for (i = 0; \(i < n\|i != n\); i++)
	release@p(pages[i]);
|
for (i = 0; \(i < n\|i != n\); i++) {
(
	release@p(pages[i]);
|
	struct page *page = pages[i];
	release@p(page);
|
	page = pages[i];
	release@p(page);
)
}
|
for (i = 0; \(i < n\|i != n\); i++)
	release@p(pages[off + i]);
|
for (i = 0; \(i < n\|i != n\); i++) {
(
	release@p(pages[off + i]);
|
	struct page *page = pages[off + i];
	release@p(page);
|
	page = pages[off + i];
	release@p(page);
)
}
|
for (T i = 0; \(i < n\|i != n\); i++)
	release@p(pages[i]);
|
for (T i = 0; \(i < n\|i != n\); i++) {
(
	release@p(pages[i]);
|
	struct page *page = pages[i];
	release@p(page);
)
}
)

@loop_up_context depends on context@
identifier release = { put_page };
position loop_up_found.p;
@@
* release@p(...)

@script:python depends on org@
p << loop_up_found.p;
@@
coccilib.org.print_todo(p[0], "WARNING opportunity for put_user_pages()")

@script:python depends on report@
p << loop_up_found.p;
@@
coccilib.report.print_report(p[0], "WARNING opportunity for put_user_pages()")
