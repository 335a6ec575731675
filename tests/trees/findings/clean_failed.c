// SPDX-License-Identifier: GPL-2.0
/* A release that dirties as the acquire fails: it marks none of those that are kept. */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct spoon {
	struct page **pages;
	dma_addr_t *addresses;
	int n;
	int write;
};

static int spoon_map(struct device *dev, struct page **pages, dma_addr_t *addresses, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		addresses[i] = dma_map_page(dev, pages[i], 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
		if (dma_mapping_error(dev, addresses[i]))
			return -EIO;
	}
	return 0;
}

/* Marks them as it fails. */
int spoon_fill(struct device *dev, struct spoon *spoon, unsigned long uaddr, int n)
{
	int got = get_user_pages_fast(uaddr, n, spoon->write ? FOLL_WRITE : 0, spoon->pages);

	if (got < 0)
		return got;
	if (got < n) {
		put_user_pages_dirty_lock(spoon->pages, got);
		return -EFAULT;
	}
	if (spoon_map(dev, spoon->pages, spoon->addresses, n)) {
		put_user_pages_dirty_lock(spoon->pages, n);
		return -EIO;
	}
	spoon->n = n;
	return 0;
}

int spoon_empty(struct spoon *spoon)
{
	put_user_pages(spoon->pages, spoon->n);			/* finding: clean */
	return 0;
}
