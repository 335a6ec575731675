// SPDX-License-Identifier: GPL-2.0
/* A configure step finds out whether the kernel has pins, and how many arguments the fast walk has. */
#include "config.h"
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/module.h>

struct cresset {
	struct device *dev;
	struct page *pages[16];
	dma_addr_t dma[16];
	int nr;
};

void cresset_drop(struct cresset *cresset)
{
	int i;

	for (i = 0; i < cresset->nr; i++)
		dma_unmap_page(cresset->dev, cresset->dma[i], PAGE_SIZE, DMA_FROM_DEVICE);
#ifdef HAVE_PIN_USER_PAGES
	unpin_user_pages_dirty_lock(cresset->pages, cresset->nr, true);
#else
	for (i = 0; i < cresset->nr; i++) {
		set_page_dirty_lock(cresset->pages[i]);
		put_page(cresset->pages[i]);
	}
#endif
	cresset->nr = 0;
}

int cresset_take(struct cresset *cresset, unsigned long start)
{
	int got, i;

#ifdef HAVE_PIN_USER_PAGES
	got = pin_user_pages_fast(start, 16, FOLL_WRITE, cresset->pages);
#else
	got = get_user_pages_fast(start, 16, FOLL_WRITE, cresset->pages);
#endif
	if (got <= 0)
		return got ? got : -EFAULT;
	cresset->nr = got;
	for (i = 0; i < got; i++)
		cresset->dma[i] = dma_map_page(cresset->dev, cresset->pages[i], 0, PAGE_SIZE, DMA_FROM_DEVICE);
	return 0;
}
MODULE_LICENSE("GPL");
