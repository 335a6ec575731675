// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver that nobody converted: it lets a device write to the pages of a
 * process, and releases them by put_page() when the device is done. Step 3 of
 * the series has to report that line, and so has gupconv's audit.
 */
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#define FORGOTTEN_PAGES 4

struct forgotten_job {
	struct page *pages[FORGOTTEN_PAGES];
	int nr_pages;
};

static struct forgotten_job job;
static DEFINE_MUTEX(job_lock);
static struct dentry *forgotten_file;

static int forgotten_start(struct forgotten_job *j, unsigned long addr)
{
	int got = get_user_pages_fast(addr, FORGOTTEN_PAGES, 1, j->pages);

	j->nr_pages = got < 0 ? 0 : got;
	return got;
}

static noinline void forgotten_done(struct forgotten_job *j)
{
	int i;

	for (i = 0; i < j->nr_pages; i++) {
		set_page_dirty_lock(j->pages[i]);
		put_page(j->pages[i]);
	}
	j->nr_pages = 0;
}

/* Any command is an address to read to; the device is fast. */
static long forgotten_ioctl(struct file *file, unsigned int cmd,
			    unsigned long arg)
{
	int got;

	mutex_lock(&job_lock);
	got = forgotten_start(&job, arg);
	forgotten_done(&job);
	mutex_unlock(&job_lock);
	return got;
}

static const struct file_operations forgotten_fops = {
	.owner		= THIS_MODULE,
	.open		= nonseekable_open,
	.unlocked_ioctl	= forgotten_ioctl,
};

static int __init forgotten_init(void)
{
	forgotten_file = debugfs_create_file_unsafe("forgotten", 0600, NULL,
						    NULL, &forgotten_fops);
	return forgotten_file ? 0 : -ENOMEM;
}

static void __exit forgotten_exit(void)
{
	debugfs_remove(forgotten_file);
}

module_init(forgotten_init);
module_exit(forgotten_exit);
MODULE_LICENSE("GPL");
