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

struct brook_dio {
	struct kiocb *iocb;
	bool should_dirty;
	ssize_t bytes;
};

static void brook_release_pages(struct page **pages, unsigned int npages)
{
	unsigned int i;

	for (i = 0; i < npages; i++)
		put_page(pages[i]);
}

static ssize_t brook_dio_chunk(struct brook_dio *dio, struct iov_iter *iter)
{
	struct page **pagevec;
	unsigned int npages, i;
	ssize_t got;
	size_t base;

	got = iov_iter_get_pages_alloc(iter, &pagevec, iov_iter_count(iter),
				       &base);
	if (got < 0)
		return got;
	npages = DIV_ROUND_UP(got + base, PAGE_SIZE);

	got = brook_submit(dio->iocb->ki_filp, pagevec, npages, base, got);
	if (got > 0) {
		iov_iter_advance(iter, got);
		if (dio->should_dirty)
			for (i = 0; i < npages; i++)
				set_page_dirty(pagevec[i]);
	}

	brook_release_pages(pagevec, npages);
	kvfree(pagevec);
	return got;
}

ssize_t brook_direct_io(struct kiocb *iocb, struct iov_iter *iter)
{
	struct brook_dio dio = { .iocb = iocb };
	ssize_t ret = 0;

	dio.should_dirty = iov_iter_rw(iter) == READ && iter_is_iovec(iter);
	while (iov_iter_count(iter)) {
		ret = brook_dio_chunk(&dio, iter);
		if (ret <= 0)
			break;
		dio.bytes += ret;
	}
	return dio.bytes ? dio.bytes : ret;
}
