// SPDX-License-Identifier: GPL-2.0-only
/// A loop that asks before it gives back: the question goes where it is needless, or before the call.
///
//# Matches: n = get_user_pages*(..., pages) ... for (i = 0; i < n; i++) if (pages[i]) put_page(pages[i]);  and for (i = 0; pages && i < n; i++) put_page(pages[i]).
//# Relies on: an acquire has set every entry below the number that it gave back; n is not negative, i is not read behind the loop.
//# Must not touch: guards of arrays that others fill, or that change on the way; loops that do more, whose index is read later, or whose count can be negative.
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
@script:python loop_guard_era@
@@
import os
mm = os.path.join(os.environ.get("srctree", "."), "include/linux/mm.h")
if os.path.exists(mm) and "unpin_user_page(" in open(mm).read():
	cocci.include_match(False)

@loop_guard_acquire depends on loop_guard_era@
identifier get =~ "^(__)?get_user_pages|^iov_iter_get_pages|^get_vaddr_frames$";
@@
get(...)

// A label may be reached from where nothing has been acquired yet.
@loop_guard_label depends on loop_guard_acquire@
identifier release = { put_page };
identifier i, label;
expression pages, n;
position p;
@@
label:
... when any
for@p (i = 0; i < n; i++) {
	if (pages[i])
		release(pages[i]);
}

@loop_guard_needless depends on loop_guard_acquire@
identifier release = { put_page };
identifier get =~ "^(get|pin)_user_pages";
identifier i, f;
expression pages, n, e, x;
position p != loop_guard_label.p;
@@
n = get(..., pages, ...)
... when != n = e
    when != pages[x] = e
    when != f(..., pages, ...)
for@p (i = 0; i < n; i++) {
	if (pages[i])
		release(pages[i]);
}

@loop_guard depends on patch && loop_guard_acquire@
identifier release = { put_page };
identifier i;
expression pages, n;
position loop_guard_needless.p;
@@
(
- for@p (i = 0; i < n; i++)
-	if (pages[i])
-		release(pages[i]);
+ put_user_pages(pages, n);
|
- for@p (i = 0; i < n; i++) {
-	if (pages[i])
-		release(pages[i]);
- }
+ put_user_pages(pages, n);
)

@loop_guard_array depends on patch && loop_guard_acquire@
identifier release = { put_page };
expression pages, n;
identifier i;
@@
- for (i = 0; pages && i < n; i++)
-	release(pages[i]);
+ if (pages)
+	put_user_pages(pages, n);

@loop_guard_array_braces depends on patch && loop_guard_acquire@
identifier release = { put_page };
expression pages, n;
identifier i;
@@
- for (i = 0; pages && i < n; i++) {
-	release(pages[i]);
- }
+ if (pages)
+	put_user_pages(pages, n);

@loop_guard_entry depends on !patch && loop_guard_acquire@
identifier release = { put_page };
expression pages, n;
identifier i;
position loop_guard_needless.p, q;
@@
for@p (i = 0; i < n; i++) {
	if (pages[i])
		release@q(pages[i]);
}

@loop_guard_entry_context depends on context@
identifier release = { put_page };
position loop_guard_entry.q;
@@
* release@q(...)

@script:python depends on org@
q << loop_guard_entry.q;
@@
coccilib.org.print_todo(q[0], "WARNING opportunity for put_user_pages(), the guard is needless")

@script:python depends on report@
q << loop_guard_entry.q;
@@
coccilib.report.print_report(q[0], "WARNING opportunity for put_user_pages(), the guard is needless")

@loop_guard_found depends on !patch && loop_guard_acquire@
identifier release = { put_page };
expression pages, n;
identifier i;
position p;
@@
for (i = 0; pages && i < n; i++)
{
	release@p(pages[i]);
}

@loop_guard_context depends on context@
identifier release = { put_page };
position loop_guard_found.p;
@@
* release@p(...)

@script:python depends on org@
p << loop_guard_found.p;
@@
coccilib.org.print_todo(p[0], "WARNING opportunity for put_user_pages()")

@script:python depends on report@
p << loop_guard_found.p;
@@
coccilib.report.print_report(p[0], "WARNING opportunity for put_user_pages()")
