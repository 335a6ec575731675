// SPDX-License-Identifier: GPL-2.0-only
/// A folio whose page was pinned goes back by unpin_user_page(), where there is no unpin_user_folio().
///
//# Matches: folio_put(F), folio_put(page_folio(P)).
//# Relies on: one page of the folio was pinned.
//# Must not touch: folio_put() of page cache folios; folios of which only a reference is taken.
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
@script:python folio_page_era@
@@
import os
mm = os.path.join(os.environ.get("srctree", "."), "include/linux/mm.h")
if os.path.exists(mm) and "unpin_user_page(" not in open(mm).read():
	cocci.include_match(False)

@folio_page_acquire depends on folio_page_era@
identifier get =~ "^(__)?(get|pin)_user_pages|^iov_iter_get_pages|^get_vaddr_frames$";
@@
get(...)

@folio_page depends on patch && folio_page_acquire@
identifier release = { folio_put };
expression folio, one;
@@
(
- release(page_folio(one))
+ unpin_user_page(one)
|
- release(folio)
+ unpin_user_page(&folio->page)
)

@folio_page_found depends on !patch && folio_page_acquire@
identifier release = { folio_put };
position p;
@@
release@p(...)

@folio_page_context depends on context@
identifier release = { folio_put };
position folio_page_found.p;
@@
* release@p(...)

@script:python depends on org@
p << folio_page_found.p;
@@
coccilib.org.print_todo(p[0], "folio_put() of a folio whose page may have been pinned")

@script:python depends on report@
p << folio_page_found.p;
@@
coccilib.report.print_report(p[0], "folio_put() of a folio whose page may have been pinned")
