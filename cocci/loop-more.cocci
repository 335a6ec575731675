// SPDX-License-Identifier: GPL-2.0-only
/// A loop that does more than give back pages keeps its form: put_user_page() for each page.
///
//# Matches: put_page() anywhere in a for or while loop.
//# Relies on: each bound call gives back a page of an acquire.
//# Must not touch: anything but the call: what else the loop does is not lost.
//
// Confidence: Low, unless bound
// Options: --no-includes --include-headers
// Comments: gupconv binds the names in braces to single calls that its index
// Comments: has linked to an acquire, and takes the patch rules only.

virtual patch
virtual context
virtual org
virtual report

// A tree that has put_user_page(), or is going to: one without unpin_user_page().
@script:python loop_more_era@
@@
import os
mm = os.path.join(os.environ.get("srctree", "."), "include/linux/mm.h")
if os.path.exists(mm) and "unpin_user_page(" in open(mm).read():
	cocci.include_match(False)

@loop_more_acquire depends on loop_more_era@
identifier get =~ "^(__)?get_user_pages|^iov_iter_get_pages|^get_vaddr_frames$";
@@
get(...)

@loop_more_in depends on loop_more_acquire@
identifier release = { put_page };
position p;
@@
(
for (...;...;...) { <+... release@p(...) ...+> }
|
while (...) { <+... release@p(...) ...+> }
)

@loop_more depends on patch && loop_more_acquire@
identifier release = { put_page };
position loop_more_in.p;
@@
- release@p
+ put_user_page
  (...)

@loop_more_context depends on context@
identifier release = { put_page };
position loop_more_in.p;
@@
* release@p(...)

@script:python depends on org@
p << loop_more_in.p;
@@
coccilib.org.print_todo(p[0], "put_page() in a loop, of a page that may come from get_user_pages()")

@script:python depends on report@
p << loop_more_in.p;
@@
coccilib.report.print_report(p[0], "put_page() in a loop, of a page that may come from get_user_pages()")
