@@
symbol rec, page;
@@
gup_pin_page(struct page *page)
{
	<...
	if (rec)
		kmem_cache_free(gup_pin_cache, rec);
+	gup_pin_acquired(page);
	return true;
	...>
}

@@
symbol page;
@@
dup_user_page(struct page *page)
{
	...
	if (gup_pin_not_counted(page))
		return;
+	gup_pin_acquired(page);
	...
}

@@
symbol page, pins;
@@
__gup_pin_freed(struct page *page)
{
	...
	pins = page_dma_pins(page);
+	gup_pin_released(page, pins);
+	gup_pin_debug_forget(page);
	...
}
