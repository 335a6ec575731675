// SPDX-License-Identifier: GPL-2.0-only
static void fuse_release_user_pages(struct fuse_args_pages *ap,
				    bool should_dirty)
{
	unsigned int i;

	for (i = 0; i < ap->num_pages; i++) {
		if (should_dirty)
			set_page_dirty_lock(ap->pages[i]);
		put_page(ap->pages[i]);
	}
}

static void fuse_aio_complete_req(struct fuse_io_args *ia, struct fuse_io_priv *io)
{
	fuse_release_user_pages(&ia->ap, io->should_dirty);
}

static int fuse_get_user_pages(struct fuse_args_pages *ap, struct iov_iter *ii)
{
	if (iov_iter_is_kvec(ii)) {
		iov_iter_advance(ii, *nbytesp);
		return 0;
	}

	while (nbytes < *nbytesp && ap->num_pages < max_pages) {
		unsigned npages;
		size_t start;
		ret = iov_iter_get_pages2(ii, &ap->pages[ap->num_pages],
					*nbytesp - nbytes,
					max_pages - ap->num_pages,
					&start);
		if (ret < 0)
			break;
		nbytes += ret;
	}
	ap->args.user_pages = true;
	return ret;
}

ssize_t fuse_direct_io(struct fuse_io_priv *io, struct iov_iter *iter)
{
	io->should_dirty = !write && user_backed_iter(iter);
	while (count) {
		fuse_get_user_pages(&ia->ap, iter);
		if (!io->async) {
			fuse_release_user_pages(&ia->ap, io->should_dirty);
			fuse_io_free(ia);
		}
	}
	return res;
}
