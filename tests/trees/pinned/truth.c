// SPDX-License-Identifier: GPL-2.0
/* expected: pinned (way == DMA_FROM_DEVICE ? FOLL_WRITE : 0) | FOLL_LONGTERM */
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

struct truth_region {
	struct list_head list;
	struct page **pages;
	unsigned long start;
	dma_addr_t addr;
	int nr;
};

struct truth_context {
	struct device *dev;
	struct list_head regions;
};

static void truth_put(struct truth_region *region)
{
	int i;

	for (i = 0; i < region->nr; i++)
		put_page(region->pages[i]);
	kfree(region->pages);
	kfree(region);
}

static int truth_add(struct truth_context *ctx, unsigned long start, int nr,
		     enum dma_data_direction way)
{
	struct truth_region *region = kzalloc(sizeof(*region), GFP_KERNEL);
	long got;
	int i, ret = -ENOMEM;

	if (!region)
		return -ENOMEM;
	region->pages = kcalloc(nr, sizeof(*region->pages), GFP_KERNEL);
	if (!region->pages)
		goto free_region;
	got = get_user_pages_fast(start, nr, way == DMA_FROM_DEVICE, region->pages);
	if (got != nr) {
		ret = got < 0 ? got : -EFAULT;
		goto put_pages;
	}
	region->nr = nr;
	region->addr = dma_map_page(ctx->dev, region->pages[0], 0, PAGE_SIZE,
				    way);
	list_add_tail(&region->list, &ctx->regions);
	return 0;

put_pages:
	for (i = 0; i < got; i++)
		put_page(region->pages[i]);
	kfree(region->pages);
free_region:
	kfree(region);
	return ret;
}

static long truth_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	return truth_add(file->private_data, arg, cmd, DMA_FROM_DEVICE);
}

static int truth_release(struct inode *inode, struct file *file)
{
	struct truth_context *ctx = file->private_data;

	while (!list_empty(&ctx->regions)) {
		struct truth_region *region = container_of(ctx->regions.next,
							struct truth_region, list);

		list_del(&region->list);
		dma_unmap_page(ctx->dev, region->addr, PAGE_SIZE,
			       way);
		truth_put(region);
	}
	return 0;
}

static const struct file_operations truth_fops = {
	.unlocked_ioctl = truth_ioctl,
	.release = truth_release,
};

static struct miscdevice truth_misc = { .fops = &truth_fops };

static int truth_init(void)
{
	return misc_register(&truth_misc);
}
module_init(truth_init);
MODULE_LICENSE("GPL");
