static void nfs_direct_release_pages(struct page **pages, unsigned int npages)
{
	unsigned int i;
	for (i = 0; i < npages; i++)
		put_page(pages[i]);
}

void nfs_direct_between(void);

static ssize_t nfs_direct_read_schedule_iovec(struct nfs_direct_req *dreq,
					      struct iov_iter *iter, loff_t pos)
{
	ssize_t result = -EINVAL;
	size_t requested_bytes = 0;

	while (iov_iter_count(iter)) {
		struct page **pagevec;
		size_t pgbase;
		unsigned npages, i;

		result = iov_iter_get_pages_alloc2(iter, &pagevec, dreq->rsize,
						  &pgbase);
		if (result < 0)
			break;
		npages = (result + pgbase + PAGE_SIZE - 1) / PAGE_SIZE;
		for (i = 0; i < npages; i++) {
			struct nfs_page *req;

			req = nfs_page_create_from_page(dreq->ctx, pagevec[i],
							pgbase, pos, PAGE_SIZE);
			if (IS_ERR(req)) {
				result = PTR_ERR(req);
				break;
			}
			if (!nfs_pageio_add_request(dreq, req)) {
				nfs_release_request(req);
				break;
			}
			requested_bytes += PAGE_SIZE;
		}
		nfs_direct_release_pages(pagevec, npages);
		kvfree(pagevec);
		if (result < 0)
			break;
	}
	return requested_bytes;
}

static ssize_t nfs_direct_write_schedule_iovec(struct nfs_direct_req *dreq,
					       struct iov_iter *iter, loff_t pos)
{
	ssize_t result = 0;
	size_t requested_bytes = 0;

	while (iov_iter_count(iter)) {
		struct page **pagevec;
		size_t pgbase;
		unsigned npages, i;

		result = iov_iter_get_pages_alloc2(iter, &pagevec, dreq->wsize,
						  &pgbase);
		if (result < 0)
			break;
		npages = (result + pgbase + PAGE_SIZE - 1) / PAGE_SIZE;
		for (i = 0; i < npages; i++) {
			struct nfs_page *req;

			req = nfs_page_create_from_page(dreq->ctx, pagevec[i],
							pgbase, pos, PAGE_SIZE);
			if (IS_ERR(req)) {
				result = PTR_ERR(req);
				break;
			}
			nfs_lock_request(req);
			requested_bytes += PAGE_SIZE;
		}
		nfs_direct_release_pages(pagevec, npages);
		kvfree(pagevec);
		if (result < 0)
			break;
	}
	return requested_bytes;
}
