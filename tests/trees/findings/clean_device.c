// SPDX-License-Identifier: GPL-2.0
/* Written by a device, in an object that other functions release: never marked dirty. */
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

struct sluice {
	struct page **pages;
	struct scatterlist *list;
	int n;
	enum dma_data_direction direction;
};

int sluice_fill(struct sluice *sluice, unsigned long uaddr, int n)
{
	unsigned int flags = FOLL_FORCE;
	int got;

	if (sluice->direction == DMA_FROM_DEVICE)
		flags |= FOLL_WRITE;
	got = get_user_pages_fast(uaddr, n, flags, sluice->pages);
	if (got < 0)
		return got;
	sluice->n = got;
	return 0;
}

int sluice_map(struct device *dev, struct sluice *sluice)
{
	int i;

	for (i = 0; i < sluice->n; i++)
		sg_set_page(&sluice->list[i], sluice->pages[i], PAGE_SIZE, 0);
	return dma_map_sg(dev, sluice->list, sluice->n, sluice->direction);
}

/* All callers give false. */
static void sluice_drop(struct sluice *sluice, bool dirty)
{
	int i;

	for (i = 0; i < sluice->n; i++) {
		if (dirty)
			set_page_dirty_lock(sluice->pages[i]);
		put_page(sluice->pages[i]);			/* finding: clean */
	}
}

void sluice_empty(struct sluice *sluice)
{
	sluice_drop(sluice, false);
	kfree(sluice->pages);
}

MODULE_LICENSE("GPL");
