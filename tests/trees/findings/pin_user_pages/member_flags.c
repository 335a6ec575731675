// SPDX-License-Identifier: GPL-2.0
/* Flags that are kept in a member, and pages that are kept for long. */
#include <linux/dma-mapping.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/string.h>

struct sieve {
	unsigned int sieve_flags;
	struct page *page;
	dma_addr_t address;
};

static void sieve_init(struct sieve *sieve, int write)
{
	sieve->sieve_flags = FOLL_LONGTERM;
	if (write)
		sieve->sieve_flags |= FOLL_FORCE;
}

int sieve_take(struct sieve *sieve, struct device *dev, unsigned long uaddr, int write)
{
	sieve_init(sieve, write);
	if (pin_user_pages_fast(uaddr, 1, sieve->sieve_flags, &sieve->page) != 1)	/* finding: no-write */
		return -EFAULT;
	sieve->address = dma_map_page(dev, sieve->page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	return 0;
}

void sieve_drop(struct sieve *sieve)
{
	unpin_user_pages_dirty_lock(&sieve->page, 1, true);
}

struct colander {
	unsigned int colander_flags;
	struct page *page;
	dma_addr_t address;
};

static void colander_init(struct colander *colander, int write)
{
	colander->colander_flags = FOLL_LONGTERM;
	if (write)
		colander->colander_flags |= FOLL_WRITE;
}

int colander_take(struct colander *colander, struct device *dev, unsigned long uaddr, int write)
{
	colander_init(colander, write);
	if (pin_user_pages_fast(uaddr, 1, colander->colander_flags, &colander->page) != 1)
		return -EFAULT;
	colander->address = dma_map_page(dev, colander->page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	return 0;
}

void colander_drop(struct colander *colander)
{
	unpin_user_pages_dirty_lock(&colander->page, 1, true);
}

/* Marked by the acquire itself: but they may have been written back long since. */
struct strainer {
	struct page *page;
};

int strainer_take(struct strainer *strainer, unsigned long uaddr)
{
	return pin_user_pages(uaddr, 1, FOLL_WRITE | FOLL_LONGTERM, &strainer->page) == 1 ? 0 : -EFAULT;
}

void strainer_clear(struct strainer *strainer)
{
	void *at = kmap(strainer->page);

	memset(at, 0, PAGE_SIZE);
	kunmap(strainer->page);
}

void strainer_drop(struct strainer *strainer)
{
	unpin_user_page(strainer->page);			/* finding: clean */
}

/* Right: written at once, and dropped. */
int strainer_wipe(unsigned long uaddr)
{
	struct page *page;
	void *at;

	if (pin_user_pages(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	at = kmap(page);
	memset(at, 0, PAGE_SIZE);
	kunmap(page);
	unpin_user_page(page);
	return 0;
}
