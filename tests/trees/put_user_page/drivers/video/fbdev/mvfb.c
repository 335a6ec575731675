// SPDX-License-Identifier: GPL-2.0
/*
 * Mvfb: write(2) to the frame buffer by DMA
 */
#include <linux/dma-mapping.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

static struct device *mvfb_device;

ssize_t mvfb_write(const char __user *buf, size_t count)
{
	int nr_pages = DIV_ROUND_UP(count, PAGE_SIZE);
	struct page **pages;
	dma_addr_t dma;
	int ret, i;

	pages = kmalloc_array(nr_pages, sizeof(struct page *), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;

	ret = get_user_pages_fast((unsigned long)buf, nr_pages, FOLL_WRITE,
				  pages);
	if (ret < nr_pages) {
		nr_pages = ret;
		ret = -EINVAL;
		goto out_unmap;
	}

	for (i = 0; i < nr_pages; i++) {
		dma = dma_map_page(mvfb_device, pages[i], 0, PAGE_SIZE,
				   DMA_TO_DEVICE);
		if (dma_mapping_error(mvfb_device, dma)) {
			ret = -EIO;
			goto out_unmap;
		}
		dma_unmap_page(mvfb_device, dma, PAGE_SIZE, DMA_TO_DEVICE);
	}
	ret = count;

out_unmap:
	for (i = 0; i < nr_pages; i++)
		put_page(pages[i]);
	kfree(pages);
	return ret;
}
EXPORT_SYMBOL_GPL(mvfb_write);

MODULE_LICENSE("GPL");
