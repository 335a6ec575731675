// SPDX-License-Identifier: GPL-2.0-only
/// A walk over a scatterlist, the segments of a bio or a list: put_user_page() for each page.
///
//# Matches: put_page() in for_each_sg(), for_each_sg_page(), bio_for_each_segment_all() and whatever else has for_each in its name.
//# Relies on: each bound call gives back a page of an acquire.
//# Must not touch: anything but the call: the pages lie apart, no array holds them.
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
@script:python iterator_era@
@@
import os
mm = os.path.join(os.environ.get("srctree", "."), "include/linux/mm.h")
if os.path.exists(mm) and "unpin_user_page(" in open(mm).read():
	cocci.include_match(False)

@iterator_acquire depends on iterator_era@
identifier get =~ "^(__)?get_user_pages|^iov_iter_get_pages|^get_vaddr_frames$";
@@
get(...)

@iterator_in depends on iterator_acquire@
identifier release = { put_page };
iterator walk =~ "for_each";
position p;
@@
walk(...) { <+... release@p(...) ...+> }

@iterator depends on patch && iterator_acquire@
identifier release = { put_page };
position iterator_in.p;
@@
- release@p
+ put_user_page
  (...)

@iterator_context depends on context@
identifier release = { put_page };
position iterator_in.p;
@@
* release@p(...)

@script:python depends on org@
p << iterator_in.p;
@@
coccilib.org.print_todo(p[0], "put_page() in a walk, of a page that may come from get_user_pages()")

@script:python depends on report@
p << iterator_in.p;
@@
coccilib.report.print_report(p[0], "put_page() in a walk, of a page that may come from get_user_pages()")
