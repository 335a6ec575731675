// SPDX-License-Identifier: GPL-2.0
/* Bytes of an iterator that begin within a page, and how many pages they take up. */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uio.h>

struct funnel {
	struct page **pages;
	unsigned int nr;
	size_t from;
	size_t bytes;
};

int funnel_pour(struct page **pages, unsigned int nr, size_t from, size_t bytes);

/* As many pages as the bytes take up from a page's start on. */
int funnel_short(struct iov_iter *iter, struct page **pages, unsigned int max)
{
	size_t from;
	ssize_t bytes = iov_iter_get_pages2(iter, pages, max * PAGE_SIZE, max, &from);
	unsigned int i, nr;
	int ret;

	if (bytes <= 0)
		return bytes;
	nr = DIV_ROUND_UP(bytes, PAGE_SIZE);			/* finding: unreleased */
	ret = funnel_pour(pages, nr, from, bytes);
	for (i = 0; i < nr; i++)
		put_page(pages[i]);
	return ret;
}

/* Right: from where they begin. */
int funnel_right(struct iov_iter *iter, struct page **pages, unsigned int max)
{
	size_t from;
	ssize_t bytes = iov_iter_get_pages2(iter, pages, max * PAGE_SIZE, max, &from);
	unsigned int i, nr;
	int ret;

	if (bytes <= 0)
		return bytes;
	nr = DIV_ROUND_UP(from + bytes, PAGE_SIZE);
	ret = funnel_pour(pages, nr, from, bytes);
	for (i = 0; i < nr; i++)
		put_page(pages[i]);
	return ret;
}

/* The same in an object, by a shift. */
int funnel_fill(struct funnel *funnel, struct iov_iter *iter)
{
	size_t from;
	ssize_t bytes;

	bytes = iov_iter_get_pages_alloc2(iter, &funnel->pages, 1 << 20, &from);
	if (bytes <= 0)
		return -EFAULT;
	funnel->nr = (bytes + PAGE_SIZE - 1) >> PAGE_SHIFT;	/* finding: unreleased */
	funnel->from = from;
	funnel->bytes = bytes;
	return 0;
}

/* Right: the offset is added before. */
int funnel_fill_right(struct funnel *funnel, struct iov_iter *iter)
{
	size_t from;
	ssize_t bytes;

	bytes = iov_iter_get_pages_alloc2(iter, &funnel->pages, 1 << 20, &from);
	if (bytes <= 0)
		return -EFAULT;
	funnel->from = from;
	funnel->bytes = bytes;
	bytes += from;
	funnel->nr = (bytes + PAGE_SIZE - 1) >> PAGE_SHIFT;
	return 0;
}

/* The same of pins. */
int funnel_extract(struct iov_iter *iter, struct page **pages, unsigned int max)
{
	size_t from;
	ssize_t got = iov_iter_extract_pages(iter, &pages, max * PAGE_SIZE, max, 0, &from);
	int nr, ret;

	if (got < 0)
		return got;
	nr = DIV_ROUND_UP(got, PAGE_SIZE);			/* finding: unreleased */
	ret = funnel_pour(pages, nr, from, got);
	if (iov_iter_extract_will_pin(iter))
		unpin_user_pages(pages, nr);
	return ret;
}

/* Right: whole pages alone are taken. */
int funnel_fill_whole(struct funnel *funnel, struct iov_iter *iter)
{
	size_t from;
	ssize_t bytes;

	bytes = iov_iter_get_pages_alloc2(iter, &funnel->pages, PAGE_SIZE, &from);
	if (bytes <= 0)
		return -EFAULT;
	if (from) {
		put_page(funnel->pages[0]);
		kvfree(funnel->pages);
		return -EINVAL;
	}
	funnel->nr = (bytes + PAGE_SIZE - 1) >> PAGE_SHIFT;
	funnel->bytes = bytes;
	return 0;
}

void funnel_empty(struct funnel *funnel)
{
	unsigned int i;

	for (i = 0; i < funnel->nr; i++)
		put_page(funnel->pages[i]);
	kvfree(funnel->pages);
}
