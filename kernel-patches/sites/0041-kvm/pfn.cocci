@@
identifier f =~ "^hva_to_pfn_(fast|slow)$";
identifier pfn;
expression page;
@@
f(..., kvm_pfn_t *pfn)
{
	<+...
+	user_page_to_ref(page);
	*pfn = page_to_pfn(page);
	...+>
}

// A page that was found again, and is writable now.
@@
identifier page, wpage;
@@
hva_to_pfn_slow(...)
{
	<+...
-	put_page(page);
+	put_user_page(page);
	page = wpage;
	...+>
}
