// SPDX-License-Identifier: GPL-2.0
/*
 * Burrow: leaves pages behind when the mapping fails
 */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>

#define BURROW_DEPTH	4

struct burrow {
	struct device *dev;
	struct page *page[BURROW_DEPTH];
	dma_addr_t dma[BURROW_DEPTH];
};

int burrow_dig(struct burrow *bw, unsigned long uaddr)
{
	int i, ret;

	ret = get_user_pages_fast(uaddr, BURROW_DEPTH, FOLL_WRITE, bw->page);
	if (ret < 0)
		return ret;
	/* a short count is an error, but nothing is given back */
	if (ret != BURROW_DEPTH)
		return -EFAULT;

	for (i = 0; i < BURROW_DEPTH; i++) {
		bw->dma[i] = dma_map_page(bw->dev, bw->page[i], 0, PAGE_SIZE,
					  DMA_FROM_DEVICE);
		if (dma_mapping_error(bw->dev, bw->dma[i]))
			return -EIO;
	}
	return 0;
}
EXPORT_SYMBOL_GPL(burrow_dig);

void burrow_fill(struct burrow *bw)
{
	int i;

	for (i = 0; i < BURROW_DEPTH; i++)
		dma_unmap_page(bw->dev, bw->dma[i], PAGE_SIZE,
			       DMA_FROM_DEVICE);
	for (i = 0; i < BURROW_DEPTH; i++) {
		set_page_dirty_lock(bw->page[i]);
		put_page(bw->page[i]);
	}
}
EXPORT_SYMBOL_GPL(burrow_fill);

MODULE_LICENSE("GPL");
