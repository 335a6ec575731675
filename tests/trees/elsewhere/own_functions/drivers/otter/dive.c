// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/dma-mapping.h>
#include "otter.h"

/* Names no function of the API. */
int otter_dive(struct otter *otter, unsigned long addr)
{
	int i;

	otter->got = otter_take(addr, 16, otter->pages);
	for (i = 0; i < otter->got; i++)
		otter->at[i] = dma_map_page(otter->dev, otter->pages[i], 0, PAGE_SIZE, DMA_FROM_DEVICE);
	return otter->got > 0 ? 0 : -EFAULT;
}

void otter_surface(struct otter *otter)
{
	int i;

	for (i = 0; i < otter->got; i++)
		dma_unmap_page(otter->dev, otter->at[i], PAGE_SIZE, DMA_FROM_DEVICE);
	if (otter->got > 0)
		otter_drop(otter, otter->pages, otter->got, true);
}
