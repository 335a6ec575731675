// SPDX-License-Identifier: GPL-2.0
/*
 * Cistern: vectors of pages, and one function that puts away both kinds
 */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include "cistern.h"

struct page **cistern_get_direct_vector(unsigned long addr, int num)
{
	struct page **pages;
	int got = 0;
	int rc = 0;

	pages = kmalloc_array(num, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return ERR_PTR(-ENOMEM);

	while (got < num) {
		rc = get_user_pages_fast(addr + got * PAGE_SIZE, num - got,
					 FOLL_WRITE, pages + got);
		if (rc <= 0)
			break;
		got += rc;
	}
	if (rc < 0)
		goto fail;
	return pages;

fail:
	cistern_put_vector(pages, got, false);
	return ERR_PTR(rc);
}
EXPORT_SYMBOL(cistern_get_direct_vector);

struct page **cistern_alloc_vector(int num)
{
	struct page **pages;
	int i;

	pages = kmalloc_array(num, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return ERR_PTR(-ENOMEM);
	for (i = 0; i < num; i++) {
		pages[i] = alloc_page(GFP_KERNEL);
		if (!pages[i]) {
			cistern_put_vector(pages, i, false);
			return ERR_PTR(-ENOMEM);
		}
	}
	return pages;
}
EXPORT_SYMBOL(cistern_alloc_vector);

void cistern_put_vector(struct page **pages, int num, bool dirty)
{
	int i;

	for (i = 0; i < num; i++) {
		if (dirty)
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
	kvfree(pages);
}
EXPORT_SYMBOL(cistern_put_vector);

MODULE_LICENSE("GPL");
