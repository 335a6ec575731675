// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/dma-mapping.h>
#include "otter.h"

/* Both are called by other files alone. */
int otter_take(unsigned long addr, int n, struct page **pages)
{
	return get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* is acquired */
}

void otter_drop(struct otter *otter, struct page **p, unsigned int n, bool dirty)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (dirty)
			set_page_dirty_lock(p[i]);
		put_page(p[i]); /* is released */
	}
	otter->got = 0;
}
