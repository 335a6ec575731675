// SPDX-License-Identifier: GPL-2.0
/* The same, and one caller says that the pages are dirty. */
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

struct runnel {
	struct page **pages;
	struct scatterlist *list;
	int n;
	enum dma_data_direction direction;
};

int runnel_fill(struct runnel *runnel, unsigned long uaddr, int n)
{
	unsigned int flags = FOLL_FORCE;
	int got;

	if (runnel->direction == DMA_FROM_DEVICE)
		flags |= FOLL_WRITE;
	got = get_user_pages_fast(uaddr, n, flags, runnel->pages);
	if (got < 0)
		return got;
	runnel->n = got;
	return 0;
}

int runnel_map(struct device *dev, struct runnel *runnel)
{
	int i;

	for (i = 0; i < runnel->n; i++)
		sg_set_page(&runnel->list[i], runnel->pages[i], PAGE_SIZE, 0);
	return dma_map_sg(dev, runnel->list, runnel->n, runnel->direction);
}

/* The caller knows. */
static void runnel_drop(struct runnel *runnel, bool dirty)
{
	int i;

	for (i = 0; i < runnel->n; i++) {
		if (dirty)
			set_page_dirty_lock(runnel->pages[i]);
		put_page(runnel->pages[i]);
	}
}

void runnel_empty(struct runnel *runnel)
{
	runnel_drop(runnel, runnel->direction == DMA_FROM_DEVICE);
	kfree(runnel->pages);
}

MODULE_LICENSE("GPL");
