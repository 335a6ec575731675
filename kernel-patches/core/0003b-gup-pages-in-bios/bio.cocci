// The bio that is on the stack.
@@
symbol bvec, bio;
@@
__blkdev_direct_IO_simple(...)
{
	<...
-	put_page(bvec->bv_page)
+	bio_put_page(&bio, bvec->bv_page)
	...>
}

// All others are pointers, and called bio everywhere.
@@
symbol bvec, bio;
@@
- put_page(bvec->bv_page)
+ bio_put_page(bio, bvec->bv_page)

// Where the pages are obtained.
@@
identifier ret;
symbol bio, iter;
@@
bio_iov_iter_get_pages(struct bio *bio, struct iov_iter *iter)
{
	...
	int ret;
+
+	if (iter_is_iovec(iter))
+		bio_set_gup_pages(bio);
	...
}

@@
symbol bio, iter, orig_vcnt;
@@
bio_iov_iter_get_pages(struct bio *bio, struct iov_iter *iter)
{
	unsigned short orig_vcnt = bio->bi_vcnt;
+
+	if (iter_is_iovec(iter))
+		bio_set_gup_pages(bio);
	...
}

// A page that was merged into the previous segment.
@@
symbol bio, page, same_page;
@@
__bio_iov_iter_get_pages(struct bio *bio, ...)
{
	<...
	if (same_page)
-		put_page(page);
+		bio_put_page(bio, page);
	...>
}

// bio_map_user_iov() accepts user iterators only.
@@
symbol bio, pages, j, page;
@@
bio_map_user_iov(...)
{
	<...
(
-	put_page(pages[j++])
+	put_user_page(pages[j++])
|
-	put_page(page)
+	put_user_page(page)
)
	...>
}

@@
symbol bio;
@@
bio_map_user_iov(...)
{
	...
	bio = bio_kmalloc(...);
	if (!bio)
		return ERR_PTR(-ENOMEM);
+	bio_set_gup_pages(bio);
	...
}

// Nor does anybody else want the page dropped that was merged.
@@
identifier f, page, bio;
symbol put_same_page;
@@
f(..., struct bio *bio, ..., struct page *page, ...)
{
	<+...
	if (put_same_page)
-		put_page(page);
+		bio_put_page(bio, page);
	...+>
}
