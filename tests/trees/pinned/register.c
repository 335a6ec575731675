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

struct register_region {
	struct list_head list;
	struct page **pages;
	unsigned long start;
	dma_addr_t addr;
	int nr;
};

struct register_context {
	struct device *dev;
	struct list_head regions;
};

static void register_put(struct register_region *region)
{
	int i;

	for (i = 0; i < region->nr; i++)
		put_page(region->pages[i]);
	kfree(region->pages);
	kfree(region);
}

static int register_add(struct register_context *ctx, unsigned long start, int nr)
{
	struct register_region *region = kzalloc(sizeof(*region), GFP_KERNEL);
	long got;
	int i, ret = -ENOMEM;

	if (!region)
		return -ENOMEM;
	region->pages = kcalloc(nr, sizeof(*region->pages), GFP_KERNEL);
	if (!region->pages)
		goto free_region;
	got = get_user_pages_fast(start, nr, FOLL_WRITE, region->pages);
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

static long register_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	return register_add(file->private_data, arg, cmd);
}

static int register_release(struct inode *inode, struct file *file)
{
	struct register_context *ctx = file->private_data;

	while (!list_empty(&ctx->regions)) {
		struct register_region *region = container_of(ctx->regions.next,
							struct register_region, list);

		list_del(&region->list);
		dma_unmap_page(ctx->dev, region->addr, PAGE_SIZE,
			       DMA_BIDIRECTIONAL);
		register_put(region);
	}
	return 0;
}

static const struct file_operations register_fops = {
	.unlocked_ioctl = register_ioctl,
	.release = register_release,
};

static struct miscdevice register_misc = { .fops = &register_fops };

static int register_init(void)
{
	return misc_register(&register_misc);
}
module_init(register_init);
MODULE_LICENSE("GPL");
