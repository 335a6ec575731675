// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/scatterlist.h>
#include <linux/dma-mapping.h>
#include "list.h"

static int ferret_user_get_pages(struct ferret *ferret)
{
	struct page **pvec = kcalloc(ferret->n, sizeof(*pvec), GFP_KERNEL);
	struct sg_table *st = kzalloc(sizeof(*st), GFP_KERNEL);
	int pinned;

	if (!pvec || !st)
		goto out;
	pinned = get_user_pages_fast(ferret->addr, ferret->n, FOLL_WRITE, pvec); /* is acquired */
	if (pinned < 0)
		goto out;
	if (sg_alloc_table_from_pages(st, pvec, pinned, 0, pinned * PAGE_SIZE, GFP_KERNEL)) {
		release_pages(pvec, pinned); /* is released */
		goto out;
	}
	dma_map_sg(ferret->dev, st->sgl, st->nents, DMA_BIDIRECTIONAL);
	ferret_set_pages(ferret, st);
	kfree(pvec);
	return 0;
out:
	kfree(st);
	kfree(pvec);
	return -EFAULT;
}

static void ferret_user_put_pages(struct ferret *ferret, struct sg_table *pages)
{
	struct ferret_iter iter;
	struct page *page;

	for_each_ferret_page(page, iter, pages) {
		if (ferret->dirty)
			set_page_dirty(page);
		put_page(page); /* is released */
	}
	sg_free_table(pages);
	kfree(pages);
}

const struct ferret_ops ferret_user_ops = {
	.get_pages = ferret_user_get_pages,
	.put_pages = ferret_user_put_pages,
};
