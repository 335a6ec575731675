// SPDX-License-Identifier: GPL-2.0
/*
 * Quill: user buffers for the card
 */
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <quill_hw.h>
#include "quill.h"

int quill_buf_map(struct quill_dev *quill, struct quill_buf *buf,
		  unsigned long uaddr, size_t len)
{
	unsigned int offset = offset_in_page(uaddr);
	int nr = DIV_ROUND_UP(offset + len, PAGE_SIZE);
	int i, ret;

	if (nr > QUILL_MAX_PAGES)
		return -E2BIG;

	buf->quill = quill;
	buf->pages = kcalloc(nr, sizeof(*buf->pages), GFP_KERNEL);
	if (!buf->pages)
		return -ENOMEM;

	ret = get_user_pages_fast(uaddr & PAGE_MASK, nr,
				  buf->dir == DMA_FROM_DEVICE ? FOLL_WRITE : 0,
				  buf->pages);
	if (ret < nr) {
		/* some of the buffer is not there: give back what is */
		for (i = 0; i < ret; i++)
			put_page(buf->pages[i]);
		ret = ret < 0 ? ret : -EFAULT;
		goto err_free;
	}
	buf->nr_pages = nr;

	ret = sg_alloc_table_from_pages(&buf->sgt, buf->pages, nr, offset, len,
					GFP_KERNEL);
	if (ret)
		goto err_put;

	if (!dma_map_sg(quill->dev, buf->sgt.sgl, buf->sgt.nents, buf->dir)) {
		ret = -EIO;
		goto err_sg;
	}
	return 0;

err_sg:
	sg_free_table(&buf->sgt);
err_put:
	for (i = 0; i < buf->nr_pages; i++)
		put_page(buf->pages[i]);
err_free:
	kfree(buf->pages);
	buf->pages = NULL;
	return ret;
}
