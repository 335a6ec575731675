// SPDX-License-Identifier: GPL-2.0
/* Flags that are a truth value, of pages that are written. */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct ladle {
	struct page **pages;
	int n;
};

int ladle_fill(struct device *dev, struct ladle *ladle, unsigned long uaddr, int dir)
{
	dma_addr_t address;

	if (get_user_pages_fast(uaddr, 1, dir == DMA_FROM_DEVICE, ladle->pages) != 1)	/* finding: boolean */
		return -EFAULT;
	address = dma_map_page(dev, ladle->pages[0], 0, PAGE_SIZE, dir);
	ladle->n = address ? 1 : 0;
	return 0;
}

int ladle_empty(struct ladle *ladle)
{
	put_user_pages(ladle->pages, ladle->n);			/* finding: clean */
	return 0;
}
