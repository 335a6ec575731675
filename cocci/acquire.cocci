// SPDX-License-Identifier: GPL-2.0-only
/// Pages for direct access are pinned: pin_user_pages*() instead of get_user_pages*().
///
//# Matches: the calls of the family, by name.
//# Relies on: every release of these pages becomes unpin_user_page*() with it.
//# Must not touch: calls whose pages are only counted or looked at. FOLL_GET, which a pin refuses, goes from the flags besides.
//
// Confidence: Low, unless bound
// Options: --no-includes --include-headers
// Comments: gupconv binds the names in braces to single calls that its index
// Comments: has linked to an acquire, and takes the patch rules only.

virtual patch
virtual context
virtual org
virtual report

// Is it a tree that has unpin_user_page()?
@script:python acquire_era@
@@
import os
mm = os.path.join(os.environ.get("srctree", "."), "include/linux/mm.h")
if os.path.exists(mm) and "unpin_user_page(" not in open(mm).read():
	cocci.include_match(False)

@acquire_acquire depends on acquire_era@
identifier get =~ "^(__)?get_user_pages|^iov_iter_get_pages|^get_vaddr_frames$";
@@
get(...)

@acquire_get_user_pages depends on patch && acquire_acquire@
identifier acquire = { get_user_pages };
@@
- acquire
+ pin_user_pages
  (...)

@acquire_get_user_pages_fast depends on patch && acquire_acquire@
identifier acquire = { get_user_pages_fast };
@@
- acquire
+ pin_user_pages_fast
  (...)

@acquire_get_user_pages_remote depends on patch && acquire_acquire@
identifier acquire = { get_user_pages_remote };
@@
- acquire
+ pin_user_pages_remote
  (...)

@acquire_get_user_pages_unlocked depends on patch && acquire_acquire@
identifier acquire = { get_user_pages_unlocked };
@@
- acquire
+ pin_user_pages_unlocked
  (...)

@acquire_get_user_pages_locked depends on patch && acquire_acquire@
identifier acquire = { get_user_pages_locked };
@@
- acquire
+ pin_user_pages_locked
  (...)

@acquire_get_user_pages_fast_only depends on patch && acquire_acquire@
identifier acquire = { get_user_pages_fast_only };
@@
- acquire
+ pin_user_pages_fast_only
  (...)

@acquire_context depends on context && acquire_acquire@
identifier acquire = { get_user_pages, get_user_pages_fast, get_user_pages_remote, get_user_pages_unlocked, get_user_pages_locked, get_user_pages_fast_only };
@@
* acquire(...)

@acquire_found depends on (org || report) && acquire_acquire@
identifier acquire = { get_user_pages, get_user_pages_fast, get_user_pages_remote, get_user_pages_unlocked, get_user_pages_locked, get_user_pages_fast_only };
position p;
@@
acquire@p(...)

@script:python depends on org@
p << acquire_found.p;
@@
coccilib.org.print_todo(p[0], "get_user_pages() whose pages may need a pin")

@script:python depends on report@
p << acquire_found.p;
@@
coccilib.report.print_report(p[0], "get_user_pages() whose pages may need a pin")
