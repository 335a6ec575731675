// SPDX-License-Identifier: GPL-2.0
/* Pages that are written, and were acquired without FOLL_WRITE. */
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/string.h>

int cellar_wrote(unsigned long uaddr, const void *from, size_t n)
{
	struct page *page;
	char *at;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)	/* finding: no-write */
		return -EFAULT;
	at = kmap(page);
	memcpy(at + 16, from, n);
	kunmap(page);
	put_page(page);
	return 0;
}

int cellar_read(unsigned long uaddr, void *to, size_t n)
{
	struct page *page;
	char *at;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	at = kmap(page);
	memcpy(to, at + 16, n);
	kunmap(page);
	put_page(page);
	return 0;
}

int cellar_received(struct device *dev, unsigned long uaddr, int (*wait)(dma_addr_t at))
{
	struct page *page;
	dma_addr_t at;
	int ret;

	if (get_user_pages_fast(uaddr, 1, FOLL_FORCE, &page) != 1)	/* finding: no-write */
		return -EFAULT;
	at = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	ret = wait(at);
	dma_unmap_page(dev, at, PAGE_SIZE, DMA_FROM_DEVICE);
	set_page_dirty_lock(page);
	put_page(page);
	return ret;
}

/* Which of the two it is, is not known: the flags are the caller's. */
int cellar_asked(struct device *dev, unsigned long uaddr, int write, int (*wait)(dma_addr_t at))
{
	struct page *page;
	dma_addr_t at;
	int ret;

	if (get_user_pages_fast(uaddr, 1, write ? FOLL_WRITE : 0, &page) != 1)
		return -EFAULT;
	at = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	ret = wait(at);
	dma_unmap_page(dev, at, PAGE_SIZE, DMA_FROM_DEVICE);
	set_page_dirty_lock(page);
	put_page(page);
	return ret;
}

int cellar_dirtied(unsigned long uaddr, int (*wait)(struct page **pages))
{
	struct page *pages[4];
	int got = get_user_pages_fast(uaddr, 4, 0, pages), ret;	/* finding: no-write */

	if (got <= 0)
		return -EFAULT;
	ret = wait(pages);
	put_user_pages_dirty_lock(pages, got);
	return ret;
}

MODULE_LICENSE("GPL");
