@exists@
expression n, iter, size, max, start;
@@
__iter_get_bvecs(...)
{
	... when any
	struct page *pages[n];
+	struct page **ppages = pages;
	... when any
-	iov_iter_get_pages2(iter, pages, size, max, start)
+	iov_iter_extract_pages(iter, &ppages, size, max, 0, start)
	... when any
}

// Pages that are to be marked dirty are a user's, and so they are pinned.
@@
identifier bvecs, num_bvecs, should_dirty, i;
@@
put_bvecs(struct bio_vec *bvecs, int num_bvecs, bool should_dirty
+	, bool pinned
	)
{
	<+...
-	if (bvecs[i].bv_page) {
-		if (should_dirty)
-			set_page_dirty_lock(bvecs[i].bv_page);
-		put_page(bvecs[i].bv_page);
-	}
+	if (pinned && bvecs[i].bv_page)
+		unpin_user_pages_dirty_lock(&bvecs[i].bv_page, 1, should_dirty);
	...+>
}

@@
expression bvecs, num;
identifier aio_req;
symbol should_dirty;
@@
	put_bvecs(bvecs, num, aio_req->should_dirty
+		, aio_req->pinned
		)

@@
expression bvecs, num;
symbol should_dirty;
@@
	put_bvecs(bvecs, num, should_dirty
+		, pinned
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
+	bool pinned = iov_iter_extract_will_pin(iter);
	...+>
}

@@
identifier aio_req;
symbol should_dirty;
@@
	aio_req->should_dirty = should_dirty;
+	aio_req->pinned = pinned;
