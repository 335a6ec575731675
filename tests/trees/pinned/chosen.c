// SPDX-License-Identifier: GPL-2.0
/* expected: pinned (ctx->dev ? FOLL_WRITE : 0) | FOLL_LONGTERM */
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

struct chosen_region {
	struct list_head list;
	struct page **pages;
	unsigned long start;
	dma_addr_t addr;
	int nr;
};

struct chosen_context {
	struct device *dev;
	struct list_head regions;
};

static void chosen_put(struct chosen_region *region)
{
	int i;

	for (i = 0; i < region->nr; i++)
		put_page(region->pages[i]);
	kfree(region->pages);
	kfree(region);
}

static int chosen_add(struct chosen_context *ctx, unsigned long start, int nr)
{
	struct chosen_region *region = kzalloc(sizeof(*region), GFP_KERNEL);
	long got;
	int i, ret = -ENOMEM;

	if (!region)
		return -ENOMEM;
	region->pages = kcalloc(nr, sizeof(*region->pages), GFP_KERNEL);
	if (!region->pages)
		goto free_region;
	got = get_user_pages_fast(start, nr, ctx->dev ? FOLL_WRITE : 0,
				  region->pages);
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

static long chosen_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	return chosen_add(file->private_data, arg, cmd);
}

static int chosen_release(struct inode *inode, struct file *file)
{
	struct chosen_context *ctx = file->private_data;

	while (!list_empty(&ctx->regions)) {
		struct chosen_region *region = container_of(ctx->regions.next,
							struct chosen_region, list);

		list_del(&region->list);
		dma_unmap_page(ctx->dev, region->addr, PAGE_SIZE,
			       DMA_BIDIRECTIONAL);
		chosen_put(region);
	}
	return 0;
}

static const struct file_operations chosen_fops = {
	.unlocked_ioctl = chosen_ioctl,
	.release = chosen_release,
};

static struct miscdevice chosen_misc = { .fops = &chosen_fops };

static int chosen_init(void)
{
	return misc_register(&chosen_misc);
}
module_init(chosen_init);
MODULE_LICENSE("GPL");
