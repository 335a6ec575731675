@@
identifier bvecs, num_bvecs, should_dirty, i;
@@
put_bvecs(struct bio_vec *bvecs, int num_bvecs, bool should_dirty
+	, bool user_pages
	)
{
	<+...
-	put_page(bvecs[i].bv_page);
+	iov_iter_put_page(bvecs[i].bv_page, user_pages);
	...+>
}

@@
expression bvecs, num;
identifier aio_req;
symbol should_dirty;
@@
	put_bvecs(bvecs, num, aio_req->should_dirty
+		, aio_req->user_pages
		)

@@
expression bvecs, num;
symbol should_dirty;
@@
	put_bvecs(bvecs, num, should_dirty
+		, user_pages
		)

@@
identifier iter;
identifier should_dirty = {should_dirty};
expression e;
@@
ceph_direct_read_write(..., struct iov_iter *iter, ...)
{
	<+...
	bool should_dirty = e;
+	bool user_pages = iov_iter_uses_gup(iter);
	...+>
}

@@
identifier aio_req;
symbol should_dirty;
@@
	aio_req->should_dirty = should_dirty;
+	aio_req->user_pages = user_pages;
