// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/dma-mapping.h>
#include "beaver.h"

int beaver_get_pages(struct beaver *beaver, struct page **pages)
{
	unsigned long pinned = 0;
	long r;

	do {
		unsigned long n = beaver->num_pages - pinned;
		struct page **p = pages + pinned;

		r = get_user_pages_fast(beaver->addr + pinned * PAGE_SIZE, n, /* is acquired */
					FOLL_WRITE, p);
		if (r < 0)
			goto release_pages;
		pinned += r;
	} while (pinned < beaver->num_pages);
	return 0;

release_pages:
	release_pages(pages, pinned); /* is released */
	return r;
}

void beaver_set_pages(struct beaver *beaver, struct page **pages)
{
	unsigned long i;

	for (i = 0; i < beaver->num_pages; ++i) {
		if (beaver->pages[i])
			put_page(beaver->pages[i]); /* is released */
		beaver->pages[i] = pages ? pages[i] : NULL;
	}
}

void beaver_map(struct beaver *beaver)
{
	unsigned long i;

	for (i = 0; i < beaver->num_pages; ++i)
		dma_map_page(beaver->dev, beaver->pages[i], 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
}

void beaver_idle(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (page)
		put_page(page);
}
