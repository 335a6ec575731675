// SPDX-License-Identifier: GPL-2.0
/* expected: pinned FOLL_WRITE */
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

struct unlocked_region {
	struct list_head list;
	struct page **pages;
	unsigned long start;
	dma_addr_t addr;
	int nr;
};

struct unlocked_context {
	struct device *dev;
	struct list_head regions;
};

static void unlocked_put(struct unlocked_region *region)
{
	int i;

	for (i = 0; i < region->nr; i++)
		put_page(region->pages[i]);
	kfree(region->pages);
	kfree(region);
}

static int unlocked_add(struct unlocked_context *ctx, unsigned long start, int nr)
{
	struct unlocked_region *region = kzalloc(sizeof(*region), GFP_KERNEL);
	long got;
	int i, ret = -ENOMEM;

	if (!region)
		return -ENOMEM;
	region->pages = kcalloc(nr, sizeof(*region->pages), GFP_KERNEL);
	if (!region->pages)
		goto free_region;
	got = get_user_pages_unlocked(start, nr, region->pages,
				      FOLL_GET | FOLL_WRITE);
	if (got != nr) {
		ret = got < 0 ? got : -EFAULT;
		goto put_pages;
	}
	region->nr = nr;
	region->addr = dma_map_page(ctx->dev, region->pages[0], 0, PAGE_SIZE,
				    DMA_BIDIRECTIONAL);
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

static long unlocked_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	return unlocked_add(file->private_data, arg, cmd);
}

static int unlocked_release(struct inode *inode, struct file *file)
{
	struct unlocked_context *ctx = file->private_data;

	while (!list_empty(&ctx->regions)) {
		struct unlocked_region *region = container_of(ctx->regions.next,
							struct unlocked_region, list);

		list_del(&region->list);
		dma_unmap_page(ctx->dev, region->addr, PAGE_SIZE,
			       DMA_BIDIRECTIONAL);
		unlocked_put(region);
	}
	return 0;
}

static const struct file_operations unlocked_fops = {
	.unlocked_ioctl = unlocked_ioctl,
	.release = unlocked_release,
};

static struct miscdevice unlocked_misc = { .fops = &unlocked_fops };

static int unlocked_init(void)
{
	return misc_register(&unlocked_misc);
}
module_init(unlocked_init);
MODULE_LICENSE("GPL");
