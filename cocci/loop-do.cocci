// SPDX-License-Identifier: GPL-2.0-only
/// A do loop that gives back an array of pages by counting down: put_user_pages() does that.
///
//# Matches: do { put_page(pages[--i]); } while (i);  while (i > 0)
//# Relies on: i is above zero at first and not read behind the loop.
//# Must not touch: do loops that count up: they give back one page even of none; loops that do more, whose index is read later, or whose count can be negative.
//
// Confidence: Medium
// Options: --no-includes --include-headers
// Comments: gupconv binds the names in braces to single calls that its index
// Comments: has linked to an acquire, and takes the patch rules only.

virtual patch
virtual context
virtual org
virtual report

@loop_do_acquire@
identifier get =~ "^(__)?get_user_pages|^iov_iter_get_pages|^get_vaddr_frames$";
@@
get(...)

@loop_do_any depends on patch && loop_do_acquire@
identifier release = { put_page };
expression pages;
identifier i;
@@
- do {
-	release(pages[--i]);
- } while (i);
+ put_user_pages(pages, i);

@loop_do_some depends on patch && loop_do_acquire@
identifier release = { put_page };
expression pages;
identifier i;
@@
- do {
-	release(pages[--i]);
- } while (i > 0);
+ put_user_pages(pages, i);

@loop_do_context depends on context && loop_do_acquire@
identifier release = { put_page };
expression pages;
identifier i;
@@
* do {
* release(pages[--i]);
  } while (i);

@loop_do_found depends on (org || report) && loop_do_acquire@
identifier release = { put_page };
expression pages;
identifier i;
position p;
@@
do {
release@p(pages[--i]);
} while (i);

@script:python depends on org@
p << loop_do_found.p;
@@
coccilib.org.print_todo(p[0], "WARNING opportunity for put_user_pages()")

@script:python depends on report@
p << loop_do_found.p;
@@
coccilib.report.print_report(p[0], "WARNING opportunity for put_user_pages()")
