// SPDX-License-Identifier: GPL-2.0-only
/// A loop over a count that may be an error code: put_user_pages() if there are any.
///
//# Matches: for (i = 0; i < n; i++) put_page(pages[i]);  also for (i = n - 1; i >= 0; i--), while (n-- > 0), while (--n >= 0), while (n > 0), where n is what an acquire gave back, unchecked.
//# Relies on: i is not read behind the loop, pages is an array of struct page *.
//# Must not touch: loops before an else; loops that do more, or whose index is read later.
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
@script:python loop_partial_era@
@@
import os
mm = os.path.join(os.environ.get("srctree", "."), "include/linux/mm.h")
if os.path.exists(mm) and "unpin_user_page(" in open(mm).read():
	cocci.include_match(False)

@loop_partial_acquire depends on loop_partial_era@
identifier get =~ "^(__)?get_user_pages|^iov_iter_get_pages|^get_vaddr_frames$";
@@
get(...)

@loop_partial depends on patch && loop_partial_acquire@
identifier release = { put_page };
expression pages, n;
identifier i;
@@
(
- for (i = 0; i < n; i++)
-	release(pages[i]);
+ if (n > 0)
+	put_user_pages(pages, n);
|
- for (i = n - 1; i >= 0; i--)
-	release(pages[i]);
+ if (n > 0)
+	put_user_pages(pages, n);
|
- while (\(n-- > 0\|--n >= 0\))
-	release(pages[n]);
+ if (n > 0)
+	put_user_pages(pages, n);
|
- while (n > 0)
-	release(pages[--n]);
+ if (n > 0)
+	put_user_pages(pages, n);
)

@loop_partial_braces depends on patch && loop_partial_acquire@
identifier release = { put_page };
expression pages, n;
identifier i, page;
@@
(
- for (i = 0; i < n; i++) {
-	release(pages[i]);
- }
+ if (n > 0)
+	put_user_pages(pages, n);
|
- for (i = 0; i < n; i++) {
-	struct page *page = pages[i];
-	release(page);
- }
+ if (n > 0)
+	put_user_pages(pages, n);
|
- for (i = n - 1; i >= 0; i--) {
-	release(pages[i]);
- }
+ if (n > 0)
+	put_user_pages(pages, n);
|
- while (\(n-- > 0\|--n >= 0\)) {
-	release(pages[n]);
- }
+ if (n > 0)
+	put_user_pages(pages, n);
|
- while (n > 0) {
-	release(pages[--n]);
- }
+ if (n > 0)
+	put_user_pages(pages, n);
|
- while (n > 0) {
-	n--;
-	release(pages[n]);
- }
+ if (n > 0)
+	put_user_pages(pages, n);
)

@loop_partial_found depends on !patch && loop_partial_acquire@
identifier release = { put_page };
idexpression {int, long, ssize_t} n;
expression pages;
identifier i, page;
position p;
@@
(
for (i = 0; i < n; i++) {
	release@p(pages[i]);
}
|
for (i = 0; i < n; i++) {
	struct page *page = pages[i];
	release@p(page);
}
|
for (i = n - 1; i >= 0; i--) {
	release@p(pages[i]);
}
|
while (\(n-- > 0\|--n >= 0\)) {
	release@p(pages[n]);
}
|
while (n > 0) {
	release@p(pages[--n]);
}
|
while (n > 0) {
	n--;
	release@p(pages[n]);
}
)

@loop_partial_context depends on context@
identifier release = { put_page };
position loop_partial_found.p;
@@
* release@p(...)

@script:python depends on org@
p << loop_partial_found.p;
@@
coccilib.org.print_todo(p[0], "WARNING opportunity for put_user_pages(), if the count is above 0")

@script:python depends on report@
p << loop_partial_found.p;
@@
coccilib.report.print_report(p[0], "WARNING opportunity for put_user_pages(), if the count is above 0")
