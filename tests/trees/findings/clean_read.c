// SPDX-License-Identifier: GPL-2.0
/* Read by a device only: there is nothing to mark. */
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

struct flume {
	struct page **pages;
	struct scatterlist *list;
	int n;
	enum dma_data_direction direction;
};

int flume_fill(struct flume *flume, unsigned long uaddr, int n)
{
	unsigned int flags = FOLL_FORCE;
	int got;

	if (flume->direction == DMA_FROM_DEVICE)
		flags |= FOLL_WRITE;
	got = get_user_pages_fast(uaddr, n, flags, flume->pages);
	if (got < 0)
		return got;
	flume->n = got;
	return 0;
}

int flume_map(struct device *dev, struct flume *flume)
{
	int i;

	for (i = 0; i < flume->n; i++)
		sg_set_page(&flume->list[i], flume->pages[i], PAGE_SIZE, 0);
	return dma_map_sg(dev, flume->list, flume->n, DMA_TO_DEVICE);
}

/* All callers give false. */
static void flume_drop(struct flume *flume, bool dirty)
{
	int i;

	for (i = 0; i < flume->n; i++) {
		if (dirty)
			set_page_dirty_lock(flume->pages[i]);
		put_page(flume->pages[i]);
	}
}

void flume_empty(struct flume *flume)
{
	flume_drop(flume, false);
	kfree(flume->pages);
}

MODULE_LICENSE("GPL");
