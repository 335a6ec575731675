// SPDX-License-Identifier: GPL-2.0
/*
 * Pebble: flash writer. The iterator is made here, over the user's buffer,
 * so that it is never over anything else.
 */
#include <linux/dma-mapping.h>
#include <linux/miscdevice.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/uio.h>

static struct device *pebble_dev;

static ssize_t pebble_write(struct file *file, const char __user *buf,
			    size_t len, loff_t *pos)
{
	struct iov_iter iter;
	struct page **pages;
	struct iovec iov;
	size_t offset;
	ssize_t bytes;
	int i, n, ret;

	ret = import_single_range(WRITE, (void __user *)buf, len, &iov, &iter);
	if (ret)
		return ret;

	bytes = iov_iter_get_pages_alloc(&iter, &pages, len, &offset);
	if (bytes < 0)
		return bytes;
	n = DIV_ROUND_UP(offset + bytes, PAGE_SIZE);

	for (i = 0; i < n; i++) {
		dma_addr_t addr;

		addr = dma_map_page(pebble_dev, pages[i], 0, PAGE_SIZE,
				    DMA_TO_DEVICE);
		if (dma_mapping_error(pebble_dev, addr)) {
			bytes = -EIO;
			break;
		}
		dma_unmap_page(pebble_dev, addr, PAGE_SIZE, DMA_TO_DEVICE);
	}

	for (i = 0; i < n; i++)
		put_page(pages[i]);
	kvfree(pages);
	return bytes;
}

static const struct file_operations pebble_fops = {
	.owner = THIS_MODULE,
	.write = pebble_write,
};

static struct miscdevice pebble_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "pebble",
	.fops = &pebble_fops,
};

static int __init pebble_init(void)
{
	return misc_register(&pebble_misc);
}
module_init(pebble_init);

MODULE_DESCRIPTION("Pebble flash writer");
MODULE_LICENSE("GPL");
