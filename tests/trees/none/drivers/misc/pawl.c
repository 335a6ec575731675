// SPDX-License-Identifier: GPL-2.0
/*
 * Pawl: user ranges are kept on a list while the device holds them, and a
 * worker lets go of them when the device is done.
 */
#include <linux/dma-mapping.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

struct pawl_range {
	struct list_head node;
	struct page **held;
	int npages;
	dma_addr_t first;
};

static struct device *pawl_dev;
static LIST_HEAD(pawl_active);
static LIST_HEAD(pawl_retired);
static DEFINE_SPINLOCK(pawl_lock);

static void pawl_range_free(struct pawl_range *range)
{
	int n = range->npages;

	/* last in, first out */
	while (--n >= 0) {
		set_page_dirty_lock(range->held[n]);
		put_page(range->held[n]);
	}
	kfree(range->held);
	kfree(range);
}

static void pawl_reap(struct work_struct *work)
{
	struct pawl_range *range, *next;
	LIST_HEAD(batch);

	spin_lock(&pawl_lock);
	list_splice_init(&pawl_retired, &batch);
	spin_unlock(&pawl_lock);

	list_for_each_entry_safe(range, next, &batch, node) {
		list_del(&range->node);
		pawl_range_free(range);
	}
}

static DECLARE_WORK(pawl_work, pawl_reap);

static long pawl_hold(unsigned long start, int npages)
{
	struct pawl_range *range;
	long got;

	range = kzalloc(sizeof(*range), GFP_KERNEL);
	if (!range)
		return -ENOMEM;
	range->held = kcalloc(npages, sizeof(struct page *), GFP_KERNEL);
	if (!range->held) {
		kfree(range);
		return -ENOMEM;
	}

	down_read(&current->mm->mmap_sem);
	got = get_user_pages(start, npages, FOLL_WRITE, range->held, NULL);
	up_read(&current->mm->mmap_sem);
	range->npages = got > 0 ? got : 0;
	if (got != npages) {
		pawl_range_free(range);
		return got < 0 ? got : -EFAULT;
	}

	range->first = dma_map_page(pawl_dev, range->held[0], 0, PAGE_SIZE,
				    DMA_FROM_DEVICE);
	if (dma_mapping_error(pawl_dev, range->first)) {
		pawl_range_free(range);
		return -EIO;
	}

	spin_lock(&pawl_lock);
	list_add_tail(&range->node, &pawl_active);
	spin_unlock(&pawl_lock);
	return 0;
}

static void pawl_retire_all(void)
{
	spin_lock(&pawl_lock);
	list_splice_init(&pawl_active, &pawl_retired);
	spin_unlock(&pawl_lock);
	schedule_work(&pawl_work);
}

static long pawl_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	if (cmd == 1)
		return pawl_hold(arg, 4);
	pawl_retire_all();
	return 0;
}

static int pawl_release(struct inode *inode, struct file *file)
{
	pawl_retire_all();
	flush_work(&pawl_work);
	return 0;
}

static const struct file_operations pawl_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = pawl_ioctl,
	.release = pawl_release,
};

static struct miscdevice pawl_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "pawl",
	.fops = &pawl_fops,
};

static int __init pawl_init(void)
{
	return misc_register(&pawl_misc);
}
module_init(pawl_init);

MODULE_DESCRIPTION("Pawl range holder");
MODULE_LICENSE("GPL");
