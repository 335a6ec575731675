@@
symbol page;
@@
put_page_testzero(struct page *page)
{
+	gup_pin_check_put(page);
	...
}

@@
symbol page, ok;
@@
gup_unpin_open(struct page *page)
{
	<...
+	if (likely(ok))
+		gup_pin_released(page, 1);
	preempt_enable();
	return ok;
	...>
}
