// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/dma-mapping.h>
#include "badger.h"

static void *badger_get_mr(struct scatterlist *sg, unsigned long nents)
{
	struct badger_mr *mr = kzalloc(sizeof(*mr), GFP_KERNEL);

	if (!mr)
		return ERR_PTR(-ENOMEM);
	mr->sg = sg;
	mr->sg_len = nents;
	dma_map_sg(mr->dev, sg, nents, DMA_BIDIRECTIONAL);
	return mr;
}

static void badger_free_mr(void *trans_private)
{
	struct badger_mr *mr = trans_private;
	unsigned int i;

	for (i = 0; i < mr->sg_len; ++i) {
		struct page *page = sg_page(&mr->sg[i]);

		set_page_dirty(page);
		put_page(page); /* is released */
	}
	kfree(mr->sg);
	kfree(mr);
}

const struct badger_transport badger_sett = {
	.get_mr = badger_get_mr,
	.free_mr = badger_free_mr,
};
