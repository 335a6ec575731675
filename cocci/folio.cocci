// SPDX-License-Identifier: GPL-2.0-only
/// A folio whose page was pinned goes back by unpin_user_folio().
///
//# Matches: folio_put(F).
//# Relies on: one page of the folio was pinned; the tree has unpin_user_folio().
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
@script:python folio_era@
@@
import os
mm = os.path.join(os.environ.get("srctree", "."), "include/linux/mm.h")
if os.path.exists(mm) and "unpin_user_page(" not in open(mm).read():
	cocci.include_match(False)

@folio_acquire depends on folio_era@
identifier get =~ "^(__)?(get|pin)_user_pages|^iov_iter_get_pages|^get_vaddr_frames$";
@@
get(...)

@folio depends on patch && folio_acquire@
identifier release = { folio_put };
expression folio;
@@
- release(folio)
+ unpin_user_folio(folio, 1)

@folio_found depends on !patch && folio_acquire@
identifier release = { folio_put };
position p;
@@
release@p(...)

@folio_context depends on context@
identifier release = { folio_put };
position folio_found.p;
@@
* release@p(...)

@script:python depends on org@
p << folio_found.p;
@@
coccilib.org.print_todo(p[0], "folio_put() of a folio whose page may have been pinned")

@script:python depends on report@
p << folio_found.p;
@@
coccilib.report.print_report(p[0], "folio_put() of a folio whose page may have been pinned")
