@@
identifier pages, nr_pages, i;
@@
p9_release_pages(struct page **pages, int nr_pages
+	, bool pinned
	)
{
-	int i;
-
-	for (i = 0; i < nr_pages; i++)
-		if (pages[i])
-			put_page(pages[i]);
+	if (pinned)
+		unpin_user_pages(pages, nr_pages);
}
