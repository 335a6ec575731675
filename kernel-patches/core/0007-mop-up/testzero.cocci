@@
symbol page;
@@
put_page_testzero(struct page *page)
{
+	gup_pin_check_put(page);
	...
}
