@@
identifier pages, i;
@@
direct_pte_prefetch_many(...)
{
	<+...
-	put_page(pages[i]);
+	put_user_page(pages[i]);
	...+>
}
