// SPDX-License-Identifier: GPL-2.0
/* Written through an address that an object keeps, by one function for others. */
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

struct louvre {
	struct page **pages;
	void *at;
	unsigned long offset;
};

void louvre_copy(struct louvre *louvre, const void *from, unsigned long n)
{
	if (!louvre->at)
		louvre->at = kmap(*louvre->pages);
	memcpy(louvre->at + louvre->offset, from, n);
	louvre->offset += n;
}

int louvre_get(unsigned long uaddr, int n, void (*tell)(struct louvre *louvre))
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	struct louvre louvre = { 0 };
	int got;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, n, FOLL_WRITE, pages);
	if (got < 0)
		got = 0;
	louvre.pages = pages;
	tell(&louvre);
	put_user_pages(pages, got);				/* finding: clean */
	kfree(pages);
	return 0;
}

MODULE_LICENSE("GPL");
