@@
expression ret, page;
@@
+	user_page_to_ref(page);
	ret = soft_offline_page(page, MF_COUNT_INCREASED);

@gup@
identifier fn, page;
expression start, count, flags;
@@
fn(...)
{
<+...
	get_user_pages_fast(start, count, flags, &page)
...+>
}

@@
identifier gup.fn, gup.page;
@@
fn(...)
{
<...
-	put_page(page);
+	put_user_page(page);
...>
}
