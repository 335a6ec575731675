// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/scatterlist.h>
#include "list.h"

void ferret_set_pages(struct ferret *ferret, struct sg_table *pages)
{
	ferret->pages = pages;
}

void ferret_drop(struct ferret *ferret)
{
	struct sg_table *pages = ferret->pages;

	ferret->pages = NULL;
	if (pages)
		ferret->ops->put_pages(ferret, pages);
}
