@@
identifier page;
@@
kvmppc_unpin_guest_page(...)
{
	<+...
-	put_page(page);
+	put_user_page(page);
	...+>
}
