// SPDX-License-Identifier: GPL-2.0-only
static int want_pages_array(struct page ***res, size_t size,
			    size_t start, unsigned int maxpages)
{
	return min_t(size_t, DIV_ROUND_UP(size + start, PAGE_SIZE), maxpages);
}

static ssize_t pipe_get_pages(struct iov_iter *i,
		   struct page ***pages, size_t maxsize, unsigned maxpages,
		   size_t *start)
{
	struct page **p = *pages, *page;

	while (maxpages-- && (page = append_pipe(i)))
		get_page(*p++ = page);
	return maxsize;
}

static unsigned long first_iovec_segment(const struct iov_iter *i, size_t *size)
{
	return (unsigned long)i->ubuf;
}

static struct page *first_bvec_segment(const struct iov_iter *i,
				       size_t *size, size_t *start)
{
	return i->bvec->bv_page;
}

static ssize_t __iov_iter_get_pages_alloc(struct iov_iter *i,
		   struct page ***pages, size_t maxsize,
		   unsigned int maxpages, size_t *start)
{
	unsigned int n;

	if (user_backed_iter(i)) {
		unsigned int gup_flags = 0;

		n = want_pages_array(pages, maxsize, *start, maxpages);
		maxsize = get_user_pages_fast(0, n, gup_flags, *pages);
		iov_iter_advance(i, maxsize);
		return maxsize;
	}
	return -EFAULT;
}

ssize_t iov_iter_get_pages2(struct iov_iter *i,
		   struct page **pages, size_t maxsize, unsigned maxpages,
		   size_t *start)
{
	return __iov_iter_get_pages_alloc(i, &pages, maxsize, maxpages, start);
}
EXPORT_SYMBOL(iov_iter_get_pages2);

ssize_t iov_iter_get_pages_alloc2(struct iov_iter *i,
		   struct page ***pages, size_t maxsize,
		   size_t *start)
{
	return __iov_iter_get_pages_alloc(i, pages, maxsize, ~0U, start);
}
EXPORT_SYMBOL(iov_iter_get_pages_alloc2);
