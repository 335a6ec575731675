@@
identifier context;
symbol notify_page;
@@
vmci_ctx_unset_notify(struct vmci_ctx *context)
{
	<+...
-	put_page(notify_page);
+	put_user_page(notify_page);
	...+>
}
