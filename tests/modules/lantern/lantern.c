// SPDX-License-Identifier: GPL-2.0
/* Pages that a file keeps for its device; "configure" has found out how the kernel hands them out. */
#include "config.h"
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/slab.h>

#ifdef HAVE_MMAP_LOCK
#define lantern_lock(mm)	mmap_read_lock(mm)
#define lantern_unlock(mm)	mmap_read_unlock(mm)
#else
#define lantern_lock(mm)	down_read(&(mm)->mmap_sem)
#define lantern_unlock(mm)	up_read(&(mm)->mmap_sem)
#endif

#define LANTERN_PAGES	32
#define LANTERN_KEEP	0x4c01
#define LANTERN_DROP	0x4c02

struct lantern {
	struct mutex lock;
	struct page *pages[LANTERN_PAGES];
	dma_addr_t dma[LANTERN_PAGES];
	long nr;
};

static struct miscdevice lantern_misc;

static void lantern_put(struct page **pages, long nr, bool written)
{
	long i;

	for (i = 0; i < nr; i++) {
		if (written)
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
}

static long lantern_get(unsigned long start, struct page **pages)
{
	long got;

	lantern_lock(current->mm);
#ifdef HAVE_GUP_VMAS
	got = get_user_pages(start, LANTERN_PAGES, FOLL_WRITE, pages, NULL);
#else
	got = get_user_pages(start, LANTERN_PAGES, FOLL_WRITE, pages);
#endif
	lantern_unlock(current->mm);
	return got;
}

static void lantern_drop(struct lantern *lantern)
{
	long i;

	for (i = 0; i < lantern->nr; i++)
		dma_unmap_page(lantern_misc.this_device, lantern->dma[i], PAGE_SIZE,
			       DMA_FROM_DEVICE);
	lantern_put(lantern->pages, lantern->nr, true);
	lantern->nr = 0;
}

static int lantern_keep(struct lantern *lantern, unsigned long start)
{
	long got, i;

	if (lantern->nr)
		return -EBUSY;
	got = lantern_get(start & PAGE_MASK, lantern->pages);
	if (got < 0)
		return got;
	for (i = 0; i < got; i++) {
		lantern->dma[i] = dma_map_page(lantern_misc.this_device, lantern->pages[i], 0,
					       PAGE_SIZE, DMA_FROM_DEVICE);
		if (dma_mapping_error(lantern_misc.this_device, lantern->dma[i]))
			goto unmap;
	}
	lantern->nr = got;
	return 0;

unmap:
	while (i--)
		dma_unmap_page(lantern_misc.this_device, lantern->dma[i], PAGE_SIZE,
			       DMA_FROM_DEVICE);
	lantern_put(lantern->pages, got, false);
	return -EIO;
}

static long lantern_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct lantern *lantern = file->private_data;
	long ret = 0;

	mutex_lock(&lantern->lock);
	if (cmd == LANTERN_KEEP)
		ret = lantern_keep(lantern, arg);
	else if (cmd == LANTERN_DROP)
		lantern_drop(lantern);
	else
		ret = -ENOTTY;
	mutex_unlock(&lantern->lock);
	return ret;
}

static int lantern_open(struct inode *inode, struct file *file)
{
	struct lantern *lantern = kzalloc(sizeof(*lantern), GFP_KERNEL);

	if (!lantern)
		return -ENOMEM;
	mutex_init(&lantern->lock);
	file->private_data = lantern;
	return 0;
}

static int lantern_release(struct inode *inode, struct file *file)
{
	struct lantern *lantern = file->private_data;

	lantern_drop(lantern);
	kfree(lantern);
	return 0;
}

static const struct file_operations lantern_fops = {
	.owner = THIS_MODULE,
	.open = lantern_open,
	.release = lantern_release,
	.unlocked_ioctl = lantern_ioctl,
};

static struct miscdevice lantern_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "lantern",
	.fops = &lantern_fops,
};
module_misc_device(lantern_misc);
MODULE_LICENSE("GPL");
