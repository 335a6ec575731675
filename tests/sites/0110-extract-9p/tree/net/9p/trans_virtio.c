static int p9_get_mapped_pages(struct virtio_chan *chan,
			       struct page ***pages, struct iov_iter *data,
			       int count, size_t *offs,
			       int *need_drop)
{
	if (!iov_iter_is_kvec(data)) {
		int n;

		n = iov_iter_get_pages_alloc2(data, pages, count, offs);
		if (n < 0)
			return n;
		*need_drop = 1;
		return n;
	}
	return p9_kernel_pages(pages, data);
}

static int p9_virtio_zc_request(struct p9_client *client,
				struct iov_iter *uidata, struct iov_iter *uodata)
{
	struct page **in_pages = NULL, **out_pages = NULL;
	int n, need_drop = 0;

	if (uodata)
		n = p9_get_mapped_pages(chan, &out_pages, uodata, len, &offs, &need_drop);
	else
		n = p9_get_mapped_pages(chan, &in_pages, uidata, len, &offs, &need_drop);
	if (need_drop) {
		if (in_pages)
			p9_release_pages(in_pages, n);
		if (out_pages)
			p9_release_pages(out_pages, n);
	}
	kvfree(in_pages);
	kvfree(out_pages);
	return n;
}
