// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/scatterlist.h>
#include "list.h"

/* Objects of the same struct, with pages of the driver's. */
static int ferret_own_get_pages(struct ferret *ferret)
{
	struct sg_table *st = kzalloc(sizeof(*st), GFP_KERNEL);
	struct page *page = alloc_page(GFP_KERNEL);

	if (!st || !page || sg_alloc_table(st, 1, GFP_KERNEL)) {
		if (page)
			put_page(page);
		kfree(st);
		return -ENOMEM;
	}
	sg_set_page(st->sgl, page, PAGE_SIZE, 0);
	ferret_set_pages(ferret, st);
	return 0;
}

static void ferret_own_put_pages(struct ferret *ferret, struct sg_table *pages)
{
	struct ferret_iter iter;
	struct page *page;

	for_each_ferret_page(page, iter, pages)
		put_page(page); /* is another's */
	sg_free_table(pages);
	kfree(pages);
}

const struct ferret_ops ferret_own_ops = {
	.get_pages = ferret_own_get_pages,
	.put_pages = ferret_own_put_pages,
};
