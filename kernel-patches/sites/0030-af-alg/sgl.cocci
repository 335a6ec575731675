@@
identifier sgl, iter;
@@
af_alg_make_sg(struct af_alg_sgl *sgl, struct iov_iter *iter, ...)
{
	<+...
	sgl->npages = npages;
+	sgl->user_pages = iov_iter_uses_gup(iter);
	...+>
}

@@
identifier sgl, i;
@@
af_alg_free_sg(struct af_alg_sgl *sgl)
{
-	int i;
-
-	for (i = 0; i < sgl->npages; i++)
-		put_page(sgl->pages[i]);
+	iov_iter_put_pages(sgl->pages, sgl->npages, sgl->user_pages);
}
