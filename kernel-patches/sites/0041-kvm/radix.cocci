@@
identifier page;
expression e;
@@
	if (e && __get_user_pages_fast(..., &page) == 1) {
+		user_page_to_ref(page);
		...
	} else { ... }
