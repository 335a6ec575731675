@@
expression ret, page;
@@
+	user_page_to_ref(page);
	ret = soft_offline_page(page, MF_COUNT_INCREASED);
