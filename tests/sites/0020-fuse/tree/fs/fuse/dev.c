static void fuse_copy_finish(struct fuse_copy_state *cs)
{
	if (cs->currbuf) {
		cs->currbuf = NULL;
	} else if (cs->pg) {
		if (cs->write)
			set_page_dirty_lock(cs->pg);
		put_page(cs->pg);
	}
	cs->pg = NULL;
}

static void fuse_other_buffer(struct fuse_copy_state *cs)
{
	put_page(cs->pg);
}

static ssize_t fuse_dev_read(struct kiocb *iocb, struct iov_iter *to)
{
	if (!iter_is_iovec(to))
		return -EINVAL;
	return fuse_dev_do_read(to);
}

static ssize_t fuse_dev_write(struct kiocb *iocb, struct iov_iter *from)
{
	if (!iter_is_iovec(from))
		return -EINVAL;
	return fuse_dev_do_write(from);
}
