// SPDX-License-Identifier: GPL-2.0
/*
 * Lantern: two planes at once
 */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include "lantern.h"

int lantern_yuv_setup(struct lantern_dma *dma, unsigned long y, int y_pages,
		      unsigned long uv, int uv_pages)
{
	int got_y, got_uv;
	int i, rc = 0;

	if (y_pages + uv_pages > LANTERN_PAGES)
		return -E2BIG;

	got_y = get_user_pages_unlocked(y, y_pages, &dma->map[0], FOLL_FORCE);
	got_uv = 0;
	if (got_y == y_pages)
		got_uv = get_user_pages_unlocked(uv, uv_pages,
						 &dma->map[y_pages],
						 FOLL_FORCE);

	if (got_y != y_pages || got_uv != uv_pages) {
		rc = got_y < 0 ? got_y : -EFAULT;

		/* luma: the count may still be an errno here */
		for (i = 0; i < got_y; i++)
			put_page(dma->map[i]);
		for (i = 0; i < got_uv; i++)
			put_page(dma->map[y_pages + i]);
		pr_debug("lantern: gave back %d pages\n", i);
		return rc;
	}

	dma->page_count = y_pages + uv_pages;
	return 0;
}
EXPORT_SYMBOL_GPL(lantern_yuv_setup);

/* Monochrome: the chroma plane goes early. */
void lantern_yuv_drop_uv(struct lantern_dma *dma, int y_pages)
{
	while (dma->page_count > y_pages)
		lantern_drop_one(dma, --dma->page_count);
}
EXPORT_SYMBOL_GPL(lantern_yuv_drop_uv);

MODULE_LICENSE("GPL");
