// SPDX-License-Identifier: GPL-2.0
/*
 * Trellis: half way over to put_user_page(). The good path was converted,
 * the error path was forgotten.
 */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>

#define TRELLIS_BARS	12

struct trellis {
	struct device *dev;
	struct page *bars[TRELLIS_BARS];
	dma_addr_t dma[TRELLIS_BARS];
	int nr;
};

static void trellis_unmap(struct trellis *tr, int n)
{
	while (n--)
		dma_unmap_page(tr->dev, tr->dma[n], PAGE_SIZE,
			       DMA_FROM_DEVICE);
}

int trellis_grow(struct trellis *tr, unsigned long uaddr)
{
	int i, n;

	n = get_user_pages_fast(uaddr, TRELLIS_BARS, FOLL_WRITE, tr->bars);
	if (n < 0)
		return n;

	for (i = 0; i < n; i++) {
		tr->dma[i] = dma_map_page(tr->dev, tr->bars[i], 0, PAGE_SIZE,
					  DMA_FROM_DEVICE);
		if (dma_mapping_error(tr->dev, tr->dma[i]))
			goto err;
	}
	tr->nr = n;
	return 0;

err:
	trellis_unmap(tr, i);
	for (i = 0; i < n; i++)
		put_page(tr->bars[i]);
	return -EIO;
}
EXPORT_SYMBOL_GPL(trellis_grow);

void trellis_cut(struct trellis *tr)
{
	trellis_unmap(tr, tr->nr);
	put_user_pages_dirty_lock(tr->bars, tr->nr);
	tr->nr = 0;
}
EXPORT_SYMBOL_GPL(trellis_cut);

/* one bar only, all of it converted */
int trellis_test(unsigned long uaddr)
{
	struct page *page;
	int dirty;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	dirty = PageDirty(page);
	put_user_page(page);
	return dirty;
}
EXPORT_SYMBOL_GPL(trellis_test);

MODULE_LICENSE("GPL");
