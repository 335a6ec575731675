// SPDX-License-Identifier: GPL-2.0
/* expected: pinned FOLL_WRITE */
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

struct other_file_set {
	struct device *dev;
	struct page **pages;
	unsigned int nr;
};

int other_file_take(struct other_file_set *set, unsigned long start)
{
	int got = get_user_pages_fast(start, set->nr, FOLL_WRITE, set->pages);

	if (got <= 0)
		return got;
	dma_map_page(set->dev, set->pages[0], 0, PAGE_SIZE, DMA_FROM_DEVICE);
	set->nr = got;
	return 0;
}
EXPORT_SYMBOL_GPL(other_file_take);

void other_file_drop(struct other_file_set *set)
{
	release_pages(set->pages, set->nr);
}
EXPORT_SYMBOL_GPL(other_file_drop);
MODULE_LICENSE("GPL");
