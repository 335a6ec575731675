@@
identifier req, page;
@@
nfs_clear_request(struct nfs_page *req)
{
	<+...
-	put_page(page);
+	iov_iter_put_page(page, nfs_page_is_user(req));
	...+>
}

// A request that is split: by a function of its own, or where it is done.
@@
identifier req, ret;
@@
nfs_create_subreq(struct nfs_page *req, ...)
{
	<+...
	nfs_lock_request(ret);
+	if (nfs_page_is_user(req))
+		nfs_page_set_user(ret);
	...+>
}

@@
identifier req, subreq;
@@
	subreq = nfs_create_request(req->wb_context, req->wb_page, ...);
	...
	nfs_lock_request(subreq);
+	if (nfs_page_is_user(req))
+		nfs_page_set_user(subreq);
