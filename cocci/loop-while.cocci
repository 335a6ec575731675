// SPDX-License-Identifier: GPL-2.0-only
/// A loop that gives back an array of pages by counting down: put_user_pages() does that.
///
//# Matches: while (i--) put_page(pages[i]);  while (i-- > 0), while (--i >= 0), while (i) put_page(pages[--i]), while (i > 0) { i--; put_page(pages[i]); }.
//# Relies on: i is not negative and not read behind the loop, pages is an array of struct page *.
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
@script:python loop_while_era@
@@
import os
mm = os.path.join(os.environ.get("srctree", "."), "include/linux/mm.h")
if os.path.exists(mm) and "unpin_user_page(" in open(mm).read():
	cocci.include_match(False)

@loop_while_acquire depends on loop_while_era@
identifier get =~ "^(__)?get_user_pages|^iov_iter_get_pages|^get_vaddr_frames$";
@@
get(...)

@loop_while depends on patch && loop_while_acquire@
identifier release = { put_page };
expression pages;
identifier i;
@@
- while (\(i--\|i-- > 0\|--i >= 0\))
-	release(pages[i]);
+ put_user_pages(pages, i);

@loop_while_braces depends on patch && loop_while_acquire@
identifier release = { put_page };
expression pages;
identifier i, page;
@@
- while (\(i--\|i-- > 0\|--i >= 0\)) {
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

@loop_while_some depends on patch && loop_while_acquire@
identifier release = { put_page };
expression pages;
identifier i;
@@
- while (\(i\|i > 0\))
-	release(pages[--i]);
+ put_user_pages(pages, i);

@loop_while_some_braces depends on patch && loop_while_acquire@
identifier release = { put_page };
expression pages;
identifier i, page;
@@
- while (\(i\|i > 0\)) {
(
-	release(pages[--i]);
|
-	i--;
-	release(pages[i]);
|
-	struct page *page = pages[--i];
-	release(page);
|
-	page = pages[--i];
-	release(page);
)
- }
+ put_user_pages(pages, i);

@loop_while_found depends on !patch && loop_while_acquire@
identifier release = { put_page };
expression pages;
identifier i, page;
position p;
@@
(
while (\(i--\|i-- > 0\|--i >= 0\))
	release@p(pages[i]);
|
while (\(i--\|i-- > 0\|--i >= 0\)) {
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
while (\(i\|i > 0\))
	release@p(pages[--i]);
|
while (\(i\|i > 0\)) {
(
	release@p(pages[--i]);
|
	i--;
	release@p(pages[i]);
|
	struct page *page = pages[--i];
	release@p(page);
|
	page = pages[--i];
	release@p(page);
)
}
)

@loop_while_context depends on context@
identifier release = { put_page };
position loop_while_found.p;
@@
* release@p(...)

@script:python depends on org@
p << loop_while_found.p;
@@
coccilib.org.print_todo(p[0], "WARNING opportunity for put_user_pages()")

@script:python depends on report@
p << loop_while_found.p;
@@
coccilib.report.print_report(p[0], "WARNING opportunity for put_user_pages()")
