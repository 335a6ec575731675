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

/* A device may write what is mapped in both directions. */
int cellar_exchanged(struct device *dev, unsigned long uaddr, int (*wait)(dma_addr_t at))
{
	struct page *page;
	dma_addr_t at;
	int ret;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)	/* finding: no-write */
		return -EFAULT;
	at = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	ret = wait(at);
	dma_unmap_page(dev, at, PAGE_SIZE, DMA_BIDIRECTIONAL);
	put_page(page);
	return ret;
}

struct barter {
	struct page *page;
	dma_addr_t at;
	enum dma_data_direction way;
};

static int barter_map(struct device *dev, struct barter *barter, enum dma_data_direction way)
{
	barter->way = way;
	barter->at = dma_map_page(dev, barter->page, 0, PAGE_SIZE, barter->way);
	return dma_mapping_error(dev, barter->at);
}

static void barter_unmap(struct device *dev, struct barter *barter)
{
	dma_unmap_page(dev, barter->at, PAGE_SIZE, barter->way);
	put_page(barter->page);
}

/* Of the two, one lets the device write, by way of a member. */
int cellar_bartered(struct device *dev, struct barter *barter, unsigned long uaddr, int in)
{
	if (get_user_pages_fast(uaddr, 1, 0, &barter->page) != 1)	/* finding: no-write */
		return -EFAULT;
	return barter_map(dev, barter, in ? DMA_FROM_DEVICE : DMA_TO_DEVICE);
}

void cellar_unbartered(struct device *dev, struct barter *barter)
{
	barter_unmap(dev, barter);
}

/* By way of a variable: the device only reads. */
int cellar_gave(struct device *dev, unsigned long uaddr, int (*wait)(dma_addr_t at))
{
	enum dma_data_direction way = DMA_TO_DEVICE;
	struct page *page;
	dma_addr_t at;
	int ret;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	at = dma_map_page(dev, page, 0, PAGE_SIZE, way);
	ret = wait(at);
	dma_unmap_page(dev, at, PAGE_SIZE, way);
	put_page(page);
	return ret;
}

/* A public helper dirties, which others may call as well. */
void cellar_drop(struct page **pages, int n, bool wrote)
{
	int i;

	for (i = 0; i < n; i++) {
		if (wrote)
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
}

int cellar_dropped(unsigned long uaddr, int (*wait)(struct page **pages))
{
	struct page *pages[4];
	int got = get_user_pages_fast(uaddr, 4, 0, pages), ret;	/* finding: no-write */

	if (got <= 0)
		return -EFAULT;
	ret = wait(pages);
	cellar_drop(pages, got, ret > 0);
	return ret;
}

void bitmap_set(unsigned long *map, unsigned int start, unsigned int count);

int cellar_marked(unsigned long uaddr, unsigned int first, unsigned int n)
{
	struct page *page;
	unsigned long *map;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)	/* finding: no-write */
		return -EFAULT;
	map = kmap(page);
	bitmap_set(map, first, n);
	kunmap(page);
	put_page(page);
	return 0;
}

MODULE_LICENSE("GPL");
