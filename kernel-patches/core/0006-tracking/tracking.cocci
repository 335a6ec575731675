// The fast members: what the walk of the page tables found.
@@
identifier nr, flags;
expression e1, e2, e3;
@@
__get_user_pages_fast(...)
{
	<...
	local_irq_save(flags);
	gup_pgd_range(e1, e2, e3, pages, &nr);
	local_irq_restore(flags);
+	nr = gup_track_pages(pages, nr);
	...>
}

@@
identifier nr;
expression e1, e2, e3;
@@
get_user_pages_fast(...)
{
	<...
	local_irq_disable();
	gup_pgd_range(e1, e2, e3, pages, &nr);
	local_irq_enable();
+	nr = gup_track_pages(pages, nr);
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
