// SPDX-License-Identifier: GPL-2.0
/*
 * Wicket: acquired one way, released the other
 */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>

#define WICKET_GATES	6

struct wicket {
	struct device *dev;
	struct page *gate[WICKET_GATES];
	struct page *latch;
	dma_addr_t dma;
	int nr;
};

int wicket_open(struct wicket *wk, unsigned long uaddr)
{
	int n, i;

	n = pin_user_pages_fast(uaddr, WICKET_GATES, FOLL_WRITE, wk->gate);
	if (n < WICKET_GATES) {
		for (i = 0; i < n; i++)
			put_page(wk->gate[i]);
		return n < 0 ? n : -EFAULT;
	}
	wk->nr = n;
	wk->dma = dma_map_page(wk->dev, wk->gate[0], 0, PAGE_SIZE,
			       DMA_FROM_DEVICE);
	return 0;
}
EXPORT_SYMBOL_GPL(wicket_open);

void wicket_shut(struct wicket *wk)
{
	dma_unmap_page(wk->dev, wk->dma, PAGE_SIZE, DMA_FROM_DEVICE);
	unpin_user_pages_dirty_lock(wk->gate, wk->nr, true);
}
EXPORT_SYMBOL_GPL(wicket_shut);

int wicket_latch(struct wicket *wk, unsigned long uaddr)
{
	long ret;

	mmap_read_lock(current->mm);
	ret = pin_user_pages(uaddr, 1, FOLL_WRITE | FOLL_LONGTERM, &wk->latch);
	mmap_read_unlock(current->mm);
	if (ret != 1)
		return -EFAULT;

	wk->dma = dma_map_page(wk->dev, wk->latch, 0, PAGE_SIZE,
			       DMA_BIDIRECTIONAL);
	return 0;
}
EXPORT_SYMBOL_GPL(wicket_latch);

void wicket_unlatch(struct wicket *wk)
{
	dma_unmap_page(wk->dev, wk->dma, PAGE_SIZE, DMA_BIDIRECTIONAL);
	folio_put(page_folio(wk->latch));
	wk->latch = NULL;
}
EXPORT_SYMBOL_GPL(wicket_unlatch);

/* the reverse: a plain reference, given back as a pin */
int wicket_peek(unsigned long uaddr)
{
	struct page *page;
	int dirty;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	dirty = PageDirty(page);
	unpin_user_page(page);
	return dirty;
}
EXPORT_SYMBOL_GPL(wicket_peek);

MODULE_LICENSE("GPL");
