// SPDX-License-Identifier: GPL-2.0-only
/// Pages of a user's iterator for direct access are pinned: iov_iter_extract_pages().
///
//# Matches: iov_iter_get_pages2() into a local or member that points to pages, a local array, a member array, or one page.
//# Relies on: the iterator is over user memory; every release of these pages becomes unpin_user_page*() with it.
//# Must not touch: iterators that may be over kernel memory, whose pages get no reference by iov_iter_extract_pages().
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
@script:python extract_era@
@@
import os
mm = os.path.join(os.environ.get("srctree", "."), "include/linux/mm.h")
if os.path.exists(mm) and "unpin_user_page(" not in open(mm).read():
	cocci.include_match(False)

@extract_acquire depends on extract_era@
identifier get =~ "^iov_iter_get_pages2$";
@@
get(...)

// A pointer to the array is at hand, and not NULL: nothing is allocated.
@extract_pointer depends on patch && extract_acquire@
identifier acquire = { iov_iter_get_pages2 };
expression iter, size, max, start;
local idexpression struct page **pages;
@@
- acquire(iter, pages, size, max, start)
+ iov_iter_extract_pages(iter, &pages, size, max, 0, start)

@extract_has_pointer depends on extract_acquire@
identifier S, pages;
@@
struct S {
	...
	struct page **pages;
	...
};

@extract_member depends on patch && extract_acquire@
identifier acquire = { iov_iter_get_pages2 };
identifier extract_has_pointer.S, extract_has_pointer.pages;
expression iter, size, max, start;
struct S *p;
struct S s;
@@
(
- acquire(iter, p->pages, size, max, start)
+ iov_iter_extract_pages(iter, &p->pages, size, max, 0, start)
|
- acquire(iter, s.pages, size, max, start)
+ iov_iter_extract_pages(iter, &s.pages, size, max, 0, start)
)

// An array is no pointer that could be passed by its address.
@extract_array depends on patch && extract_acquire exists@
identifier acquire = { iov_iter_get_pages2 };
identifier pages;
expression n, iter, size, max, start;
fresh identifier list = "p" ## pages;
@@
  struct page *pages[n];
+ struct page **list = pages;
  ... when any
- acquire(iter, pages, size, max, start)
+ iov_iter_extract_pages(iter, &list, size, max, 0, start)

@extract_one depends on patch && extract_acquire exists@
identifier acquire = { iov_iter_get_pages2 };
identifier one;
expression iter, size, max, start;
fresh identifier list = "p" ## one;
@@
  struct page *one;
+ struct page **list = &one;
  ... when any
- acquire(iter, &one, size, max, start)
+ iov_iter_extract_pages(iter, &list, size, max, 0, start)

@extract_has_array depends on extract_acquire@
identifier T, array;
expression n;
@@
struct T {
	...
	struct page *array[n];
	...
};

@extract_member_array depends on patch && extract_acquire exists@
identifier acquire = { iov_iter_get_pages2 };
identifier extract_has_array.T, extract_has_array.array, holder;
expression iter, size, max, start;
fresh identifier list = "p" ## array;
@@
  struct T holder;
+ struct page **list = holder.array;
  ... when any
- acquire(iter, holder.array, size, max, start)
+ iov_iter_extract_pages(iter, &list, size, max, 0, start)

@extract_context depends on context && extract_acquire@
identifier acquire = { iov_iter_get_pages2 };
@@
* acquire(...)

@extract_found depends on (org || report) && extract_acquire@
identifier acquire = { iov_iter_get_pages2 };
position p;
@@
acquire@p(...)

@script:python depends on org@
p << extract_found.p;
@@
coccilib.org.print_todo(p[0], "iov_iter_get_pages2() whose pages may need a pin")

@script:python depends on report@
p << extract_found.p;
@@
coccilib.report.print_report(p[0], "iov_iter_get_pages2() whose pages may need a pin")
