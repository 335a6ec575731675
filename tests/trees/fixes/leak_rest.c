// SPDX-License-Identifier: GPL-2.0
/* Pages that a loop had not come to when a round of it failed. */
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct strand {
	struct list_head list;
	int n;
	struct page *pages[8];
};

/* -- the rest of a round, chunk by chunk -- */

static void strands_put(struct list_head *strands)
{
	struct strand *strand, *next;

	list_for_each_entry_safe(strand, next, strands, list) {
		unpin_user_pages(strand->pages, strand->n);
		kfree(strand);
	}
}

int strands_get(struct list_head *strands, unsigned long uaddr, int npages)
{
	struct page **page_list = kmalloc_array(64, sizeof(*page_list), GFP_KERNEL);
	struct strand *strand;
	int ret = 0, off, i;

	if (!page_list)
		return -ENOMEM;
	while (npages) {
		ret = pin_user_pages_fast(uaddr, min(npages, 64), FOLL_WRITE | FOLL_LONGTERM, page_list);
		if (ret < 0)
			goto out;
		npages -= ret;
		uaddr += ret * PAGE_SIZE;
		off = 0;
		while (ret) {
			strand = kmalloc(sizeof(*strand), GFP_KERNEL);
			if (!strand) {
				ret = -ENOMEM;
				goto out;			/* remedy: leak */
			}
			strand->n = min(ret, 8);
			for (i = 0; i < strand->n; i++)
				strand->pages[i] = page_list[i + off];
			list_add_tail(&strand->list, strands);
			ret -= strand->n;
			off += strand->n;
		}
	}
out:
	if (ret < 0)
		strands_put(strands);
	kfree(page_list);
	return ret;
}
