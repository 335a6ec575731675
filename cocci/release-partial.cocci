// SPDX-License-Identifier: GPL-2.0-only
/// release_pages() over a count that may be an error code: put_user_pages() if there are any.
///
//# Matches: release_pages(E, N) as a statement, with or without its old third argument, where N is what an acquire gave back, unchecked.
//# Relies on: N is a variable: it is read twice.
//# Must not touch: release_pages() of page cache pages; statements before an else.
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
@script:python release_partial_era@
@@
import os
mm = os.path.join(os.environ.get("srctree", "."), "include/linux/mm.h")
if os.path.exists(mm) and "unpin_user_page(" in open(mm).read():
	cocci.include_match(False)

@release_partial_acquire depends on release_partial_era@
identifier get =~ "^(__)?get_user_pages|^iov_iter_get_pages|^get_vaddr_frames$";
@@
get(...)

@release_partial depends on patch && release_partial_acquire@
identifier release = { release_pages };
expression pages, n, cold;
@@
(
- release(pages, n, cold);
+ if (n > 0)
+	put_user_pages(pages, n);
|
- release(pages, n);
+ if (n > 0)
+	put_user_pages(pages, n);
)

@release_partial_found depends on !patch && release_partial_acquire@
identifier release = { release_pages };
idexpression {int, long, ssize_t} n;
expression pages;
position p;
@@
release@p(pages, n, ...);

@release_partial_context depends on context@
identifier release = { release_pages };
position release_partial_found.p;
@@
* release@p(...)

@script:python depends on org@
p << release_partial_found.p;
@@
coccilib.org.print_todo(p[0], "release_pages() of pages that may come from get_user_pages(), or of none")

@script:python depends on report@
p << release_partial_found.p;
@@
coccilib.report.print_report(p[0], "release_pages() of pages that may come from get_user_pages(), or of none")
