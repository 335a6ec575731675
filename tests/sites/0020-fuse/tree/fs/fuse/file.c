static void fuse_release_user_pages(struct fuse_req *req, bool should_dirty)
{
	unsigned i;

	for (i = 0; i < req->num_pages; i++) {
		struct page *page = req->pages[i];
		if (should_dirty)
			set_page_dirty_lock(page);
		put_page(page);
	}
}

static void fuse_aio_complete_req(struct fuse_conn *fc, struct fuse_req *req)
{
	struct fuse_io_priv *io = req->io;

	fuse_release_user_pages(req, io->should_dirty);
}

static void fuse_readpages_end(struct fuse_conn *fc, struct fuse_req *req)
{
	put_page(req->pages[0]);
}

ssize_t fuse_direct_io(struct fuse_io_priv *io, struct iov_iter *iter,
		       loff_t *ppos, int flags)
{
	int write = flags & 1;
	ssize_t ret;

	io->should_dirty = !write && iter_is_iovec(iter);
	ret = iov_iter_get_pages(iter, req->pages, count, max, &start);
	fuse_release_user_pages(req, io->should_dirty);
	return ret;
}
