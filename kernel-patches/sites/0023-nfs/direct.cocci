@taken@
identifier f, pagevec, iter;
@@
f(..., struct iov_iter *iter, ...)
{
	<+...
	iov_iter_get_pages_alloc(iter, &pagevec, ...)
	...+>
}

@@
identifier taken.f, taken.pagevec, taken.iter, req;
expression i;
statement s;
@@
f(...)
{
	<+...
	req = nfs_create_request(..., pagevec[i], ...);
	if (IS_ERR(req)) s
+	if (iov_iter_uses_gup(iter))
+		nfs_page_set_user(req);
	...+>
}

@@
identifier taken.f, taken.pagevec, taken.iter;
expression n;
@@
f(...)
{
	<+...
-	nfs_direct_release_pages(pagevec, n);
+	iov_iter_put_pages(pagevec, n, iov_iter_uses_gup(iter));
	...+>
}
