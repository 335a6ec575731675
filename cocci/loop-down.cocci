// SPDX-License-Identifier: GPL-2.0-only
/// A loop that gives back an array of pages, last to first: put_user_pages() does that.
///
//# Matches: for (i = n - 1; i >= 0; i--) put_page(pages[i]);  also for (i--; i >= 0; i--), for (i = n; i--; ), for (; i > 0; i--) put_page(pages[i - 1]).
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
@script:python loop_down_era@
@@
import os
mm = os.path.join(os.environ.get("srctree", "."), "include/linux/mm.h")
if os.path.exists(mm) and "unpin_user_page(" in open(mm).read():
	cocci.include_match(False)

@loop_down_acquire depends on loop_down_era@
identifier get =~ "^(__)?get_user_pages|^iov_iter_get_pages|^get_vaddr_frames$";
@@
get(...)

@loop_down depends on patch && loop_down_acquire@
identifier release = { put_page };
expression pages, n;
identifier i;
@@
- for (i = n - 1; i >= 0; i--)
-	release(pages[i]);
+ put_user_pages(pages, n);

@loop_down_braces depends on patch && loop_down_acquire@
identifier release = { put_page };
expression pages, n;
identifier i, page;
@@
- for (i = n - 1; i >= 0; i--) {
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

@loop_down_from depends on patch && loop_down_acquire@
identifier release = { put_page };
expression pages;
identifier i;
@@
- for (i--; i >= 0; i--)
-	release(pages[i]);
+ put_user_pages(pages, i);

@loop_down_from_braces depends on patch && loop_down_acquire@
identifier release = { put_page };
expression pages;
identifier i, page;
@@
- for (i--; i >= 0; i--) {
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
+ put_user_pages(pages, i);

@loop_down_post depends on patch && loop_down_acquire@
identifier release = { put_page };
expression pages, n;
identifier i;
@@
- for (i = n; \(i--\|i-- > 0\); )
-	release(pages[i]);
+ put_user_pages(pages, n);

@loop_down_post_braces depends on patch && loop_down_acquire@
identifier release = { put_page };
expression pages, n;
identifier i, page;
@@
- for (i = n; \(i--\|i-- > 0\); ) {
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

@loop_down_above depends on patch && loop_down_acquire@
identifier release = { put_page };
expression pages;
identifier i;
@@
- for (; i > 0; i--)
-	release(pages[i - 1]);
+ put_user_pages(pages, i);

@loop_down_above_braces depends on patch && loop_down_acquire@
identifier release = { put_page };
expression pages;
identifier i, page;
@@
- for (; i > 0; i--) {
(
-	release(pages[i - 1]);
|
-	struct page *page = pages[i - 1];
-	release(page);
|
-	page = pages[i - 1];
-	release(page);
)
- }
+ put_user_pages(pages, i);

@loop_down_found depends on !patch && loop_down_acquire@
identifier release = { put_page };
expression pages, n;
identifier i, page;
position p;
@@
(
for (i = n - 1; i >= 0; i--)
	release@p(pages[i]);
|
for (i = n - 1; i >= 0; i--) {
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
for (i--; i >= 0; i--)
	release@p(pages[i]);
|
for (i--; i >= 0; i--) {
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
for (i = n; \(i--\|i-- > 0\); )
	release@p(pages[i]);
|
for (i = n; \(i--\|i-- > 0\); ) {
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
for (; i > 0; i--)
	release@p(pages[i - 1]);
|
for (; i > 0; i--) {
(
	release@p(pages[i - 1]);
|
	struct page *page = pages[i - 1];
	release@p(page);
|
	page = pages[i - 1];
	release@p(page);
)
}
)

@loop_down_context depends on context@
identifier release = { put_page };
position loop_down_found.p;
@@
* release@p(...)

@script:python depends on org@
p << loop_down_found.p;
@@
coccilib.org.print_todo(p[0], "WARNING opportunity for put_user_pages()")

@script:python depends on report@
p << loop_down_found.p;
@@
coccilib.report.print_report(p[0], "WARNING opportunity for put_user_pages()")
