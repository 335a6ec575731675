struct ublk_io_iter {
	struct page *pages[4];
	struct bio *bio;
};

static size_t ublk_copy_user_pages(const struct request *req,
		unsigned offset, struct iov_iter *uiter, int dir)
{
	struct ublk_io_iter iter;
	size_t done = 0;

	while (iov_iter_count(uiter) && iter.bio) {
		ssize_t len;
		size_t off;
		int i;

		len = iov_iter_get_pages2(uiter, iter.pages,
				iov_iter_count(uiter),
				4, &off);
		if (len <= 0)
			return done;
		for (i = 0; i < DIV_ROUND_UP(len + off, PAGE_SIZE); i++) {
			if (dir == ITER_DEST)
				set_page_dirty(iter.pages[i]);
			put_page(iter.pages[i]);
		}
		done += len;
	}
	return done;
}

static int ublk_map_io(const struct request *req, struct ublk_io *io)
{
	const int dir = ITER_DEST;
	struct iov_iter iter;

	if (ublk_need_map_req(req)) {
		if (import_ubuf(dir, u64_to_user_ptr(io->addr), rq_bytes,
				&iter) < 0)
			return 0;
		return ublk_copy_user_pages(req, 0, &iter, dir);
	}
	return 0;
}

static struct request *ublk_check_and_get_req(struct iov_iter *iter)
{
	if (!user_backed_iter(iter))
		return ERR_PTR(-EACCES);
	return find_request(iter);
}
