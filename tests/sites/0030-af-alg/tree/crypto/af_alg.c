int af_alg_make_sg(struct af_alg_sgl *sgl, struct iov_iter *iter, int len)
{
	ssize_t n;

	n = iov_iter_get_pages(iter, sgl->pages, len, ALG_MAX_PAGES, &off);
	sgl->npages = npages;
	return n;
}

void af_alg_free_sg(struct af_alg_sgl *sgl)
{
	int i;

	for (i = 0; i < sgl->npages; i++)
		put_page(sgl->pages[i]);
}

void af_alg_pull_tsgl(struct page *page)
{
	put_page(page);
}
