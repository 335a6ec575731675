@exists@
expression n, iter, size, max, start;
@@
tls_setup_from_iter(...)
{
	... when any
	struct page *pages[n];
+	struct page **ppages = pages;
	... when any
-	iov_iter_get_pages2(iter, pages, size, max, start)
+	iov_iter_extract_pages(iter, &ppages, size, max, 0, start)
	... when any
}

// There is something to release only where the pages are pinned.
@@
identifier out_iov, dctx, pages, mem;
type T;
@@
tls_decrypt_sg(..., struct iov_iter *out_iov, ...)
{
	... when any
	T *mem;
+	bool pinned = out_iov && iov_iter_extract_will_pin(out_iov);
	<+...
-	dctx->free_sgout = !!pages;
+	dctx->free_sgout = pinned && pages;
	...+>
}

@@
identifier sgout, pages;
@@
tls_decrypt_sg(...)
{
	<+...
	for (;
-	     pages > 0;
+	     pinned && pages > 0;
	     pages--)
-		put_page(sg_page(&sgout[pages]));
+		unpin_user_page(sg_page(&sgout[pages]));
	...+>
}

@@
identifier sg;
@@
tls_decrypt_done(...)
{
	<+...
-	put_page(sg_page(sg));
+	unpin_user_page(sg_page(sg));
	...+>
}
