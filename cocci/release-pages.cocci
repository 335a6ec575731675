// SPDX-License-Identifier: GPL-2.0-only
/// An array of pages that came from get_user_pages*() goes back by put_user_pages().
///
//# Matches: release_pages(E, N), with or without its old third argument.
//# Relies on: N is not negative.
//# Must not touch: release_pages() of page cache pages.
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
@script:python release_pages_era@
@@
import os
mm = os.path.join(os.environ.get("srctree", "."), "include/linux/mm.h")
if os.path.exists(mm) and "unpin_user_page(" in open(mm).read():
	cocci.include_match(False)

@release_pages_acquire depends on release_pages_era@
identifier get =~ "^(__)?get_user_pages|^iov_iter_get_pages|^get_vaddr_frames$";
@@
get(...)

@release_pages_call depends on patch && release_pages_acquire@
identifier release = { release_pages };
expression pages, n, cold;
@@
(
- release(pages, n, cold)
+ put_user_pages(pages, n)
|
- release
+ put_user_pages
  (pages, n)
)

@release_pages_context depends on context && release_pages_acquire@
identifier release = { release_pages };
@@
* release(...)

@release_pages_found depends on (org || report) && release_pages_acquire@
identifier release = { release_pages };
position p;
@@
release@p(...)

@script:python depends on org@
p << release_pages_found.p;
@@
coccilib.org.print_todo(p[0], "release_pages() of pages that may come from get_user_pages()")

@script:python depends on report@
p << release_pages_found.p;
@@
coccilib.report.print_report(p[0], "release_pages() of pages that may come from get_user_pages()")
