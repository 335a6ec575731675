// SPDX-License-Identifier: GPL-2.0-only
/// Pages that pin_user_pages*() gave go back by unpin_user_page*(), those of get_user_pages*() by put_page().
///
//# Matches: in one function, pin_user_pages*(..., pages, ...) and put_page(pages[i]); get_user_pages*(..., pages, ...) and unpin_user_page(pages[i]), unpin_user_pages*(pages, n); the same with &page.
//# Relies on: what is in the array is what the function has put there.
//# Must not touch: arrays that both acquires go to, or another reference of whose pages is taken; pages that another function has got.
//
// Confidence: Medium
// Options: --no-includes --include-headers

virtual patch
virtual context
virtual org
virtual report

// Is it a tree that has unpin_user_page()?
@script:python mismatch_era@
@@
import os
mm = os.path.join(os.environ.get("srctree", "."), "include/linux/mm.h")
if os.path.exists(mm) and "unpin_user_page(" not in open(mm).read():
	cocci.include_match(False)

@mismatch_pin depends on mismatch_era@
identifier f;
identifier pin =~ "^(__)?pin_user_pages(_fast|_unlocked|_remote|_locked|_fast_only)?$";
expression pages;
@@
f(...)
{
	<+... pin(..., pages, ...) ...+>
}

@mismatch_get depends on mismatch_era@
identifier f;
identifier get =~ "^(__)?get_user_pages(_fast|_unlocked|_remote|_locked|_fast_only)?$";
expression pages;
@@
f(...)
{
	<+... get(..., pages, ...) ...+>
}

// The array, or the page, has ordinary references or pins beside them.
@mismatch_pin_mixed@
identifier mismatch_pin.f;
identifier other =~ "^(__)?get_user_pages|^iov_iter_(get|extract)_pages";
expression mismatch_pin.pages, i;
symbol get_page, try_get_page;
@@
f(...)
{
	<+...
(
	other(..., pages, ...)
|
	\(get_page\|try_get_page\)(pages[i])
)
	...+>
}

@mismatch_get_mixed@
identifier mismatch_get.f;
identifier other =~ "^(__)?pin_user_pages|^iov_iter_(get|extract)_pages";
expression mismatch_get.pages;
@@
f(...)
{
	<+... other(..., pages, ...) ...+>
}

@mismatch_pin_found depends on !mismatch_pin_mixed@
identifier mismatch_pin.f;
identifier release = { put_page };
expression mismatch_pin.pages, i;
position p;
@@
f(...)
{
	<+... release@p(pages[i]) ...+>
}

@mismatch_get_found depends on !mismatch_get_mixed@
identifier mismatch_get.f;
identifier release = { unpin_user_page };
expression mismatch_get.pages, i;
position p;
@@
f(...)
{
	<+... release@p(pages[i]) ...+>
}

// release_pages() does that for an array; where it is dirtied as well, the patch is left to the reader.
@mismatch_get_array depends on !mismatch_get_mixed@
identifier mismatch_get.f;
identifier release = { unpin_user_pages };
expression mismatch_get.pages, n;
position p;
@@
f(...)
{
	<+... release@p(pages, n) ...+>
}

@mismatch_get_dirty depends on !mismatch_get_mixed@
identifier mismatch_get.f;
identifier release = { unpin_user_pages_dirty_lock };
expression mismatch_get.pages;
position p;
@@
f(...)
{
	<+... release@p(pages, ...) ...+>
}

// One page, whose address was given.
@mismatch_pin_one depends on mismatch_era@
identifier f, page;
identifier pin =~ "^(__)?pin_user_pages(_fast|_unlocked|_remote|_locked|_fast_only)?$";
@@
f(...)
{
	<+... pin(..., &page, ...) ...+>
}

@mismatch_get_one depends on mismatch_era@
identifier f, page;
identifier get =~ "^(__)?get_user_pages(_fast|_unlocked|_remote|_locked|_fast_only)?$";
@@
f(...)
{
	<+... get(..., &page, ...) ...+>
}

@mismatch_one_mixed@
identifier mismatch_pin_one.f, mismatch_pin_one.page;
identifier other =~ "^(__)?get_user_pages|^iov_iter_(get|extract)_pages";
expression e;
symbol get_page, try_get_page;
@@
f(...)
{
	<+...
(
	other(..., &page, ...)
|
	\(get_page\|try_get_page\)(page)
|
	page = e
)
	...+>
}

@mismatch_one_mixed_get@
identifier mismatch_get_one.f, mismatch_get_one.page;
identifier other =~ "^(__)?pin_user_pages|^iov_iter_(get|extract)_pages";
expression e;
@@
f(...)
{
	<+...
(
	other(..., &page, ...)
|
	page = e
)
	...+>
}

@mismatch_pin_one_found depends on !mismatch_one_mixed@
identifier mismatch_pin_one.f, mismatch_pin_one.page;
identifier release = { put_page };
position p;
@@
f(...)
{
	<+... release@p(page) ...+>
}

@mismatch_get_one_found depends on !mismatch_one_mixed_get@
identifier mismatch_get_one.f, mismatch_get_one.page;
identifier release = { unpin_user_page };
position p;
@@
f(...)
{
	<+... release@p(page) ...+>
}

@depends on patch && !mismatch_pin_mixed@
identifier mismatch_pin.f;
expression mismatch_pin.pages, i;
@@
f(...)
{
	<+...
-	put_page
+	unpin_user_page
		(pages[i])
	...+>
}

@depends on patch && !mismatch_one_mixed@
identifier mismatch_pin_one.f, mismatch_pin_one.page;
@@
f(...)
{
	<+...
-	put_page
+	unpin_user_page
		(page)
	...+>
}

@depends on patch && !mismatch_get_mixed@
identifier mismatch_get.f;
expression mismatch_get.pages, i;
@@
f(...)
{
	<+...
-	unpin_user_page
+	put_page
		(pages[i])
	...+>
}

@depends on patch && !mismatch_one_mixed_get@
identifier mismatch_get_one.f, mismatch_get_one.page;
@@
f(...)
{
	<+...
-	unpin_user_page
+	put_page
		(page)
	...+>
}

@depends on patch && !mismatch_get_mixed@
identifier mismatch_get.f;
expression mismatch_get.pages, n;
@@
f(...)
{
	<+...
-	unpin_user_pages
+	release_pages
		(pages, n)
	...+>
}

@depends on context@
identifier release = { put_page };
position mismatch_pin_found.p;
@@
* release@p(...)

@depends on context@
identifier release = { put_page };
position mismatch_pin_one_found.p;
@@
* release@p(...)

@depends on context@
identifier release = { unpin_user_page };
position mismatch_get_found.p;
@@
* release@p(...)

@depends on context@
identifier release = { unpin_user_page };
position mismatch_get_one_found.p;
@@
* release@p(...)

@depends on context@
identifier release = { unpin_user_pages };
position mismatch_get_array.p;
@@
* release@p(...)

@depends on context@
identifier release = { unpin_user_pages_dirty_lock };
position mismatch_get_dirty.p;
@@
* release@p(...)

@script:python depends on org@
p << mismatch_pin_found.p;
@@
coccilib.org.print_todo(p[0], "ERROR put_page() of what pin_user_pages() gave: unpin_user_page()")

@script:python depends on report@
p << mismatch_pin_found.p;
@@
coccilib.report.print_report(p[0], "ERROR put_page() of what pin_user_pages() gave: unpin_user_page()")

@script:python depends on org@
p << mismatch_pin_one_found.p;
@@
coccilib.org.print_todo(p[0], "ERROR put_page() of what pin_user_pages() gave: unpin_user_page()")

@script:python depends on report@
p << mismatch_pin_one_found.p;
@@
coccilib.report.print_report(p[0], "ERROR put_page() of what pin_user_pages() gave: unpin_user_page()")

@script:python depends on org@
p << mismatch_get_found.p;
@@
coccilib.org.print_todo(p[0], "ERROR unpin_user_page() of what get_user_pages() gave: put_page()")

@script:python depends on report@
p << mismatch_get_found.p;
@@
coccilib.report.print_report(p[0], "ERROR unpin_user_page() of what get_user_pages() gave: put_page()")

@script:python depends on org@
p << mismatch_get_one_found.p;
@@
coccilib.org.print_todo(p[0], "ERROR unpin_user_page() of what get_user_pages() gave: put_page()")

@script:python depends on report@
p << mismatch_get_one_found.p;
@@
coccilib.report.print_report(p[0], "ERROR unpin_user_page() of what get_user_pages() gave: put_page()")

@script:python depends on org@
p << mismatch_get_array.p;
@@
coccilib.org.print_todo(p[0], "ERROR unpin_user_pages() of what get_user_pages() gave: put_page()")

@script:python depends on report@
p << mismatch_get_array.p;
@@
coccilib.report.print_report(p[0], "ERROR unpin_user_pages() of what get_user_pages() gave: put_page()")

@script:python depends on org@
p << mismatch_get_dirty.p;
@@
coccilib.org.print_todo(p[0], "ERROR unpin_user_pages_dirty_lock() of what get_user_pages() gave: put_page()")

@script:python depends on report@
p << mismatch_get_dirty.p;
@@
coccilib.report.print_report(p[0], "ERROR unpin_user_pages_dirty_lock() of what get_user_pages() gave: put_page()")
