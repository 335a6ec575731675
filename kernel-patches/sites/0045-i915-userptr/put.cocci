@@
identifier page;
@@
i915_gem_userptr_put_pages(...)
{
	<+...
-	put_page(page);
+	put_user_page(page);
	...+>
}
