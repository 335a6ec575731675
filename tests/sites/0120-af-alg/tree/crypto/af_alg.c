// SPDX-License-Identifier: GPL-2.0-only
int af_alg_make_sg(struct af_alg_sgl *sgl, struct iov_iter *iter, int len)
{
	size_t off;
	ssize_t n;

	n = iov_iter_get_pages2(iter, sgl->pages, len, ALG_MAX_PAGES, &off);
	if (n < 0)
		return n;
	sgl->npages = DIV_ROUND_UP(off + n, PAGE_SIZE);
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
