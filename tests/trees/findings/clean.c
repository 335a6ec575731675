// SPDX-License-Identifier: GPL-2.0
/* Pages that are written and released: clean, dirtied in several ways, and only read. */
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/string.h>

int gutter_assigned(unsigned long uaddr, int value)
{
	unsigned int flags = FOLL_WRITE;
	struct page *page;
	char *at;

	if (get_user_pages_fast(uaddr, 1, flags, &page) != 1)
		return -EFAULT;
	at = kmap(page);
	((int *)(at + 8))[2] = value;
	kunmap(page);
	put_page(page);				/* finding: clean */
	return 0;
}

int gutter_copied(unsigned long uaddr, const void *from, size_t size)
{
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	memcpy(page_address(page), from, size);
	put_page(page);				/* finding: clean */
	return 0;
}

static void gutter_drop(struct page *page, bool dirty)
{
	if (dirty)
		set_page_dirty_lock(page);
	put_page(page);
}

/* A helper dirties them. */
int gutter_helped(unsigned long uaddr, int value)
{
	struct page *page;
	int *at;

	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	at = kmap(page);
	*at = value;
	kunmap(page);
	gutter_drop(page, true);
	return 0;
}

/* The acquire has marked it, a moment ago. */
int gutter_marked(unsigned long uaddr, int value)
{
	struct page *page;
	int *at;

	if (get_user_pages(uaddr, 1, FOLL_WRITE, &page, NULL) != 1)
		return -EFAULT;
	at = kmap(page);
	*at = value;
	kunmap(page);
	put_page(page);
	return 0;
}

/* Nothing is written: the address is only read from. */
int gutter_read(unsigned long uaddr, int *value)
{
	struct page *page;
	int *at;

	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	at = kmap(page);
	*value = *at;
	kunmap(page);
	put_page(page);
	return 0;
}

/* Without FOLL_WRITE, that the pages are written is another mistake. */
int gutter_without(unsigned long uaddr, int value)
{
	struct page *page;
	int *at;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)	/* finding: no-write */
		return -EFAULT;
	at = kmap(page);
	*at = value;
	kunmap(page);
	put_page(page);
	return 0;
}

/* Other memory is written, whose address comes from the page. */
int gutter_elsewhere(unsigned long uaddr, int value)
{
	struct page *page;
	int **at;
	int *other;

	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	at = kmap(page);
	other = *at;
	*other = value;
	kunmap(page);
	put_page(page);
	return 0;
}

MODULE_LICENSE("GPL");
