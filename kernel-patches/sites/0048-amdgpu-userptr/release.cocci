@@
expression pages, n;
@@
- release_pages(pages, n)
+ put_user_pages(pages, n)

@@
expression page;
@@
amdgpu_ttm_tt_set_user_pages(...)
{
	<+...
-	put_page(page);
+	put_user_page(page);
	...+>
}
