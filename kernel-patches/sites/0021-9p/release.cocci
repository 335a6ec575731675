@@
identifier pages, nr_pages, i;
@@
p9_release_pages(struct page **pages, int nr_pages
+	, bool use_gup
	)
{
	<+...
-	put_page(pages[i]);
+	iov_iter_put_page(pages[i], use_gup);
	...+>
}
