// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/scatterlist.h>

#include "flare_sg.h"

void flare_sg_release(struct sg_table *sgt, bool dirty)
{
	struct sg_page_iter iter;

	for_each_sgtable_page(sgt, &iter, 0) {
		struct page *page = sg_page_iter_page(&iter);

		if (dirty)
			set_page_dirty_lock(page);
		put_page(page);
	}
	sg_free_table(sgt);
}
