@@
identifier out_iov, sgout, pages;
@@
decrypt_internal(..., struct iov_iter *out_iov, ...)
{
	<+...
-	put_page(sg_page(&sgout[pages]));
+	iov_iter_put_page(sg_page(&sgout[pages]), iov_iter_uses_gup(out_iov));
	...+>
}
