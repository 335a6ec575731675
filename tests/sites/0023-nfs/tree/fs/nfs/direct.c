static void nfs_direct_release_pages(struct page **pages, unsigned int npages)
{
	unsigned int i;
	for (i = 0; i < npages; i++)
		put_page(pages[i]);
}

static ssize_t nfs_direct_read_schedule_iovec(struct nfs_direct_req *dreq,
					      struct iov_iter *iter, loff_t pos)
{
	struct page **pagevec;
	unsigned npages, i;
	ssize_t result;

	result = iov_iter_get_pages_alloc(iter, &pagevec, rsize, &pgbase);
	for (i = 0; i < npages; i++) {
		struct nfs_page *req;

		req = nfs_create_request(dreq->ctx, pagevec[i], pgbase, len);
		if (IS_ERR(req)) {
			result = PTR_ERR(req);
			break;
		}
		req->wb_index = pos;
	}
	nfs_direct_release_pages(pagevec, npages);
	return result;
}
