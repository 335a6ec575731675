// SPDX-License-Identifier: GPL-2.0
/*
 * Lantern: user memory to the frame store
 */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include "lantern.h"

int lantern_udma_setup(struct lantern_dma *dma, unsigned long uaddr, int size)
{
	int wanted = DIV_ROUND_UP(offset_in_page(uaddr) + size, PAGE_SIZE);
	int i, err;

	if (dma->page_count || wanted > LANTERN_PAGES)
		return -EBUSY;

	/* the store is only read by the card, FOLL_FORCE for old players */
	err = get_user_pages_unlocked(uaddr & PAGE_MASK, wanted, dma->map,
				      FOLL_FORCE);
	if (err != wanted) {
		if (err >= 0) {
			for (i = 0; i < err; i++)
				put_page(dma->map[i]);
			return -EINVAL;
		}
		return err;
	}
	dma->page_count = wanted;

	for (i = 0; i < wanted; i++)
		sg_set_page(&dma->sg[i], dma->map[i], PAGE_SIZE, 0);

	dma->sg_count = dma_map_sg(dma->dev, dma->sg, wanted, DMA_TO_DEVICE);
	if (!dma->sg_count) {
		lantern_udma_unmap(dma);
		return -EIO;
	}
	return 0;
}
EXPORT_SYMBOL_GPL(lantern_udma_setup);

void lantern_udma_unmap(struct lantern_dma *dma)
{
	int i;

	if (dma->sg_count)
		dma_unmap_sg(dma->dev, dma->sg, dma->page_count, DMA_TO_DEVICE);
	dma->sg_count = 0;

	/* release user pages */
	for (i = 0; i < dma->page_count; i++) {
		put_page(dma->map[i]);
	}
	dma->page_count = 0;
}
EXPORT_SYMBOL_GPL(lantern_udma_unmap);

int lantern_bounce_setup(struct lantern_dma *dma, int n)
{
	while (n--) {
		dma->bouncemap[n] = alloc_page(GFP_KERNEL);
		if (!dma->bouncemap[n])
			return -ENOMEM;
	}
	return 0;
}
EXPORT_SYMBOL_GPL(lantern_bounce_setup);

/* Bounce pages are ours: another field of the same struct. */
void lantern_bounce_free(struct lantern_dma *dma)
{
	int i;

	for (i = 0; i < LANTERN_PAGES; i++) {
		if (dma->bouncemap[i])
			put_page(dma->bouncemap[i]);
		dma->bouncemap[i] = NULL;
	}
}
EXPORT_SYMBOL_GPL(lantern_bounce_free);

MODULE_LICENSE("GPL");
