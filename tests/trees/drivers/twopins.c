// SPDX-License-Identifier: GPL-2.0
/* Two pins into one array, one after the other; planes of a frame. */
#include <linux/drv.h>

struct planes { struct page **pages; int luma, chroma; dma_addr_t dma[64]; struct device *dev; };

int planes_pin(struct planes *p, unsigned long y, unsigned long uv, int ny, int nuv);
int planes_pin(struct planes *p, unsigned long y, unsigned long uv, int ny, int nuv)
{
	int got, i;

	p->pages = kvcalloc(ny + nuv, sizeof(*p->pages), GFP_KERNEL);
	if (!p->pages)
		return -ENOMEM;
	got = pin_user_pages_fast(y, ny, FOLL_WRITE | FOLL_LONGTERM, p->pages);
	if (got != ny)
		goto put_luma;
	got = pin_user_pages_fast(uv, nuv, FOLL_WRITE | FOLL_LONGTERM, p->pages + ny);
	if (got != nuv)
		goto put_chroma;
	for (i = 0; i < ny + nuv; i++)
		p->dma[i] = dma_map_page(p->dev, p->pages[i], 0, PAGE_SIZE, DMA_FROM_DEVICE);
	p->luma = ny;
	p->chroma = nuv;
	return 0;
put_chroma:
	if (got > 0)
		unpin_user_pages(p->pages + ny, got);
	got = ny;
put_luma:
	if (got > 0)
		unpin_user_pages(p->pages, got);
	kvfree(p->pages);
	return -EFAULT;
}

void planes_unpin(struct planes *p);
void planes_unpin(struct planes *p)
{
	int i;

	for (i = 0; i < p->luma + p->chroma; i++)
		dma_unmap_page(p->dev, p->dma[i], PAGE_SIZE, DMA_FROM_DEVICE);
	unpin_user_pages_dirty_lock(p->pages, p->luma + p->chroma, true);
	kvfree(p->pages);
}
