// SPDX-License-Identifier: GPL-2.0-only
/// A page that came from get_user_pages*() goes back by put_user_page().
///
//# Matches: put_page(E), whatever stands around it.
//# Relies on: each bound call gives back a page of an acquire.
//# Must not touch: put_page() of pages from alloc_page(), find_get_page() and the like.
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
@script:python single_era@
@@
import os
mm = os.path.join(os.environ.get("srctree", "."), "include/linux/mm.h")
if os.path.exists(mm) and "unpin_user_page(" in open(mm).read():
	cocci.include_match(False)

@single_acquire depends on single_era@
identifier get =~ "^(__)?get_user_pages|^iov_iter_get_pages|^get_vaddr_frames$";
@@
get(...)

@single depends on patch && single_acquire@
identifier release = { put_page };
@@
- release
+ put_user_page
  (...)

@single_context depends on context && single_acquire@
identifier release = { put_page };
@@
* release(...)

@single_found depends on (org || report) && single_acquire@
identifier release = { put_page };
position p;
@@
release@p(...)

@script:python depends on org@
p << single_found.p;
@@
coccilib.org.print_todo(p[0], "put_page() of a page that may come from get_user_pages()")

@script:python depends on report@
p << single_found.p;
@@
coccilib.report.print_report(p[0], "put_page() of a page that may come from get_user_pages()")
