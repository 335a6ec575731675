// SPDX-License-Identifier: GPL-2.0
/* expected: pinned FOLL_WRITE | FOLL_LONGTERM */
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

struct answered_work {
	struct device *dev;
	struct page **pages;
	int nr;
};

int answered_run(struct answered_work *work, unsigned long start, bool write)
{
	dma_addr_t addr;
	int i, got, ret = 0;

	got = get_user_pages_fast(start, work->nr, FOLL_WRITE, work->pages);
	if (got <= 0)
		return got ? got : -EFAULT;
	for (i = 0; i < got; i++) {
		addr = dma_map_page(work->dev, work->pages[i], 0, PAGE_SIZE,
				    DMA_FROM_DEVICE);
		if (dma_mapping_error(work->dev, addr)) {
			ret = -EIO;
			break;
		}
		dma_unmap_page(work->dev, addr, PAGE_SIZE, DMA_FROM_DEVICE);
	}
	for (i = 0; i < got; i++)
		put_page(work->pages[i]);
	return ret;
}
EXPORT_SYMBOL_GPL(answered_run);
MODULE_LICENSE("GPL");
