// SPDX-License-Identifier: GPL-2.0-only
/// A loop that gives back the rest of an array of pages: put_user_pages() does that.
///
//# Matches: for (; i < n; i++) put_page(pages[i]);  also for (i = first; i < n; i++), while (i < n) put_page(pages[i++]).
//# Relies on: i and n are not negative, i is not read behind the loop.
//# Must not touch: loops before an else; loops that do more, whose index is read later, or whose count can be negative.
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
@script:python loop_rest_era@
@@
import os
mm = os.path.join(os.environ.get("srctree", "."), "include/linux/mm.h")
if os.path.exists(mm) and "unpin_user_page(" in open(mm).read():
	cocci.include_match(False)

@loop_rest_acquire depends on loop_rest_era@
identifier get =~ "^(__)?get_user_pages|^iov_iter_get_pages|^get_vaddr_frames$";
@@
get(...)

@loop_rest depends on patch && loop_rest_acquire@
identifier release = { put_page };
expression pages, n;
identifier i;
@@
- for (; i < n; i++)
-	release(pages[i]);
+ if (i < n)
+	put_user_pages(&pages[i], n - i);

@loop_rest_braces depends on patch && loop_rest_acquire@
identifier release = { put_page };
expression pages, n;
identifier i, page;
@@
- for (; i < n; i++) {
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
+ if (i < n)
+	put_user_pages(&pages[i], n - i);

@loop_rest_first depends on patch && loop_rest_acquire@
identifier release = { put_page };
expression pages, n;
expression first != 0;
identifier i;
@@
- for (i = first; i < n; i++)
-	release(pages[i]);
+ if (first < n)
+	put_user_pages(&pages[first], n - first);

@loop_rest_first_braces depends on patch && loop_rest_acquire@
identifier release = { put_page };
expression pages, n;
expression first != 0;
identifier i, page;
@@
- for (i = first; i < n; i++) {
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
+ if (first < n)
+	put_user_pages(&pages[first], n - first);

@loop_rest_while depends on patch && loop_rest_acquire@
identifier release = { put_page };
expression pages, n;
identifier i;
@@
- while (i < n)
-	release(pages[i++]);
+ if (i < n)
+	put_user_pages(&pages[i], n - i);

@loop_rest_while_braces depends on patch && loop_rest_acquire@
identifier release = { put_page };
expression pages, n;
identifier i;
@@
- while (i < n) {
-	release(pages[i++]);
- }
+ if (i < n)
+	put_user_pages(&pages[i], n - i);

@loop_rest_found depends on !patch && loop_rest_acquire@
identifier release = { put_page };
expression pages, n;
expression first != 0;
identifier i, page;
position p;
@@
(
for (; i < n; i++)
	release@p(pages[i]);
|
for (; i < n; i++) {
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
for (i = first; i < n; i++)
	release@p(pages[i]);
|
for (i = first; i < n; i++) {
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
while (i < n)
	release@p(pages[i++]);
|
while (i < n) {
	release@p(pages[i++]);
}
)

@loop_rest_context depends on context@
identifier release = { put_page };
position loop_rest_found.p;
@@
* release@p(...)

@script:python depends on org@
p << loop_rest_found.p;
@@
coccilib.org.print_todo(p[0], "WARNING opportunity for put_user_pages()")

@script:python depends on report@
p << loop_rest_found.p;
@@
coccilib.report.print_report(p[0], "WARNING opportunity for put_user_pages()")
