// SPDX-License-Identifier: GPL-2.0
/* The page goes out by return, behind a pointer, in a struct. */
#include <linux/drv.h>

struct slot { struct page *page; unsigned int offset; dma_addr_t dma; };

static struct page *slot_page(unsigned long at)
{
	struct page *page;

	if (pin_user_pages_fast(at, 1, FOLL_WRITE | FOLL_LONGTERM, &page) != 1)
		return NULL;
	return page;
}

static int slot_get(unsigned long at, struct page **out)
{
	struct page *page;
	int got = pin_user_pages_fast(at, 1, FOLL_WRITE | FOLL_LONGTERM, &page);

	if (got != 1)
		return got < 0 ? got : -EFAULT;
	*out = page;
	return 0;
}

static struct slot slot_make(unsigned long at)
{
	struct slot slot = { .offset = offset_in_page(at) };

	if (pin_user_pages_fast(at, 1, FOLL_WRITE | FOLL_LONGTERM, &slot.page) != 1)
		slot.page = NULL;
	return slot;
}

static void slot_drop(struct page *page)
{
	set_page_dirty_lock(page);
	unpin_user_page(page);
}

int slot_three(struct device *dev, unsigned long at);
int slot_three(struct device *dev, unsigned long at)
{
	struct page *first = slot_page(at), *second;
	struct slot third;
	int ret;

	if (!first)
		return -EFAULT;
	ret = slot_get(at + PAGE_SIZE, &second);
	if (ret)
		goto put_first;
	third = slot_make(at + 2 * PAGE_SIZE);
	if (!third.page) {
		ret = -EFAULT;
		goto put_second;
	}
	memzero_page(first, 0, PAGE_SIZE);
	memzero_page(second, 0, PAGE_SIZE);
	memzero_page(third.page, 0, PAGE_SIZE);
	slot_drop(third.page);
put_second:
	slot_drop(second);
put_first:
	slot_drop(first);
	return ret;
}
