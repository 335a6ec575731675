@@
identifier page;
@@
tce_iommu_unuse_page(...)
{
	<+...
-	put_page(page);
+	put_user_page(page);
	...+>
}
