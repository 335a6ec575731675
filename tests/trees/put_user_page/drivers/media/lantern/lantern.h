/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _LANTERN_H
#define _LANTERN_H

#include <linux/dma-mapping.h>
#include <linux/mm.h>

#define LANTERN_PAGES	704

struct lantern_dma {
	struct device *dev;
	struct page *map[LANTERN_PAGES];
	struct page *bouncemap[LANTERN_PAGES];
	int page_count;
	struct scatterlist sg[LANTERN_PAGES];
	int sg_count;
};

static inline void lantern_drop_one(struct lantern_dma *dma, int i)
{
	put_page(dma->map[i]);
	dma->map[i] = NULL;
}

int lantern_udma_setup(struct lantern_dma *dma, unsigned long uaddr, int size);
void lantern_udma_unmap(struct lantern_dma *dma);
int lantern_yuv_setup(struct lantern_dma *dma, unsigned long y, int y_pages,
		      unsigned long uv, int uv_pages);
void lantern_yuv_drop_uv(struct lantern_dma *dma, int y_pages);

#endif
