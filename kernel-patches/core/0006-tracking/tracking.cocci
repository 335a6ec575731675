// The walk of the page tables: what it finds is counted before it looks at the
// page table a second time. If that has not changed, whoever changes it later
// sees the pin.
@@
symbol pte, ptep, head, pte_unmap;
@@
gup_pte_range(...)
{
	<...
+	if (!gup_pin_or_put(head, 1))
+		goto pte_unmap;
	if (unlikely(pte_val(pte) != pte_val(*ptep))) {
-		put_page(head);
+		gup_pin_undo(head);
		goto pte_unmap;
	}
	...>
}

@@
symbol page;
@@
gup_pte_range(...)
{
	<...
-	SetPageReferenced(page);
+	gup_mark_referenced(page);
	...>
}

// The same for entries that map huge pages.
@@
identifier f =~ "^gup_huge(pte|_pmd|_pud|_pgd)$";
expression e;
symbol head, refs, nr;
@@
f(...)
{
	<...
+	if (!gup_pin_or_put(head, refs)) {
+		*nr -= refs;
+		return 0;
+	}
+
	if (unlikely(e)) {
		*nr -= refs;
		while (refs--)
-			put_page(head);
+			gup_pin_undo(head);
		return 0;
	}
	...>
}

// Pages of devices.
@@
symbol page, nr, nr_start, pages, pgmap;
@@
__gup_device_huge(...)
{
	<...
	get_page(page);
+	if (!gup_pin_or_put(page, 1)) {
+		put_dev_pagemap(pgmap);
+		undo_dev_pagemap(nr, nr_start, pages);
+		return 0;
+	}
	...>
}

@@
symbol page;
@@
undo_dev_pagemap(...)
{
	<...
-	put_page(page);
+	gup_pin_undo(page);
	...>
}

// Pages for a long time, from v5.2 on: the result is final here.
@@
identifier ret;
expression list es;
@@
__gup_longterm_unlocked(...)
{
	<...
	ret = __gup_longterm_locked(es);
+	ret = gup_track_longterm(pages, ret);
	...>
}

@@
expression list es;
@@
get_user_pages(...)
{
	...
-	return __gup_longterm_locked(es);
+	long ret = __gup_longterm_locked(es);
+
+	if (gup_flags & FOLL_LONGTERM)
+		ret = gup_track_longterm(pages, ret);
+	return ret;
}

// Before v5.2: they are tracked already, and given back.
@@
@@
get_user_pages_longterm(...)
{
	<...
-	put_page(pages[i])
+	put_user_page(pages[i])
	...>
}
