@@
type T;
identifier req, should_dirty;
expression page;
@@
fuse_release_user_pages(T req,
-	bool should_dirty
+	struct fuse_io_priv *io
	)
{
	<+...
	if (
-	    should_dirty
+	    io->should_dirty
	   )
		set_page_dirty_lock(page);
-	put_page(page);
+	iov_iter_put_page(page, io->user_pages);
	...+>
}

@@
expression req;
identifier io;
@@
- fuse_release_user_pages(req, io->should_dirty)
+ fuse_release_user_pages(req, io)

@@
expression e;
identifier io, iter;
@@
fuse_direct_io(struct fuse_io_priv *io, struct iov_iter *iter, ...)
{
	<+...
	io->should_dirty = e;
+	io->user_pages = iov_iter_uses_gup(iter);
	...+>
}
