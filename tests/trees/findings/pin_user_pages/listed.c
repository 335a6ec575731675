// SPDX-License-Identifier: GPL-2.0
/* Pages that come out of a list again by a number in it: those that the file has put there. */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/scatterlist.h>

struct rack {
	struct page **pages;
	int n;
	bool dirty;
};

struct rack_step {
	struct scatterlist *at;
	unsigned long pfn;
	unsigned int gone;
};

static struct rack_step rack_begin(struct scatterlist *list)
{
	struct rack_step step = { .at = list };

	if (list)
		step.pfn = page_to_pfn(sg_page(list));
	return step;
}

int rack_fill(struct rack *rack, struct sg_table *table, unsigned long uaddr, int n)
{
	int got = pin_user_pages_fast(uaddr, n, FOLL_WRITE | FOLL_LONGTERM, rack->pages);

	if (got != n) {
		if (got > 0)
			unpin_user_pages(rack->pages, got);
		return -EFAULT;
	}
	rack->n = n;
	return sg_alloc_table_from_pages(table, rack->pages, n, 0, n << PAGE_SHIFT, GFP_KERNEL);
}

void rack_dirty(struct rack *rack, struct sg_table *table)
{
	struct rack_step step = rack_begin(table->sgl);
	struct page *page;

	for (page = pfn_to_page(step.pfn); rack->dirty; page = pfn_to_page(step.pfn++))
		set_page_dirty(page);			/* finding: unlocked */
}

void rack_drop(struct rack *rack)
{
	unpin_user_pages(rack->pages, rack->n);
}
