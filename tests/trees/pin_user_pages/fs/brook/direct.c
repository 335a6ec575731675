// SPDX-License-Identifier: GPL-2.0
/*
 * Brook: direct I/O
 */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/uio.h>
#include "brook.h"

#define BROOK_VEC	8

static void brook_release_pages(struct page **pages, unsigned int npages)
{
	unsigned int i;

	for (i = 0; i < npages; i++)
		put_page(pages[i]);
}

/* reads and writes of any size */
static ssize_t brook_dio_chunk(struct kiocb *iocb, struct iov_iter *iter,
			       bool should_dirty)
{
	struct page **pagevec;
	unsigned int npages, i;
	ssize_t got;
	size_t base;

	got = iov_iter_get_pages_alloc2(iter, &pagevec, iov_iter_count(iter),
					&base);
	if (got < 0)
		return got;
	npages = DIV_ROUND_UP(got + base, PAGE_SIZE);

	got = brook_submit(iocb->ki_filp, pagevec, npages, base, got);
	if (got > 0 && should_dirty)
		for (i = 0; i < npages; i++)
			set_page_dirty(pagevec[i]);

	brook_release_pages(pagevec, npages);
	kvfree(pagevec);
	return got;
}

/* the tail, with a vector on the stack */
static ssize_t brook_dio_tail(struct kiocb *iocb, struct iov_iter *iter)
{
	struct page *pages[BROOK_VEC];
	unsigned int npages;
	ssize_t got;
	size_t base;

	got = iov_iter_get_pages2(iter, pages, PAGE_SIZE, BROOK_VEC, &base);
	if (got <= 0)
		return got;
	npages = DIV_ROUND_UP(got + base, PAGE_SIZE);
	got = brook_submit(iocb->ki_filp, pages, npages, base, got);
	release_pages(pages, npages);
	return got;
}

ssize_t brook_direct_io(struct kiocb *iocb, struct iov_iter *iter)
{
	bool dirty = iov_iter_rw(iter) == READ && user_backed_iter(iter);
	ssize_t bytes = 0, ret = 0;

	while (iov_iter_count(iter)) {
		if (iov_iter_count(iter) < PAGE_SIZE && !dirty)
			ret = brook_dio_tail(iocb, iter);
		else
			ret = brook_dio_chunk(iocb, iter, dirty);
		if (ret <= 0)
			break;
		bytes += ret;
	}
	return bytes ? bytes : ret;
}
