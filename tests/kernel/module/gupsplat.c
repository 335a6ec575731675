// SPDX-License-Identifier: GPL-2.0-only
/* Provokes one splat of each kind, for the harness to prove that it sees it. */
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "gupsplat.h"

static DEFINE_SPINLOCK(lock_a);
static DEFINE_SPINLOCK(lock_b);
static struct dentry *gupsplat_file;

static void gupsplat_lockdep(void)
{
	spin_lock(&lock_a);
	spin_lock(&lock_b);
	spin_unlock(&lock_b);
	spin_unlock(&lock_a);
	spin_lock(&lock_b);
	spin_lock(&lock_a);
	spin_unlock(&lock_a);
	spin_unlock(&lock_b);
}

static void gupsplat_list(void)
{
	struct list_head stray;
	LIST_HEAD(list);

	stray.next = &list;
	stray.prev = &stray;
	__list_add(&list, &stray, stray.next);
}

static long gupsplat_kasan(void)
{
	volatile char *p = kmalloc(32, GFP_KERNEL);
	long seen;

	kfree((void *)p);
	seen = p[3];
	return seen & 0;
}

static long gupsplat_ioctl(struct file *file, unsigned int cmd,
			   unsigned long arg)
{
	struct page *page;

	switch (_IOC_NR(cmd)) {
	case SPLAT_WARN:
		WARN(1, "gupsplat: a warning that was asked for\n");
		return 0;
	case SPLAT_LOCKDEP:
		gupsplat_lockdep();
		return 0;
	case SPLAT_ATOMIC_SLEEP:
		spin_lock(&lock_a);
		might_sleep();
		spin_unlock(&lock_a);
		return 0;
	case SPLAT_DEBUG_VM:
		page = alloc_page(GFP_KERNEL);
		if (page)
			VM_BUG_ON_PAGE(page, page);
		return 0;
	case SPLAT_LIST:
		gupsplat_list();
		return 0;
	case SPLAT_BUG:
		BUG();
	case SPLAT_KASAN:
		return gupsplat_kasan();
	}
	return -EINVAL;
}

static const struct file_operations gupsplat_fops = {
	.owner		= THIS_MODULE,
	.open		= nonseekable_open,
	.unlocked_ioctl	= gupsplat_ioctl,
};

static int __init gupsplat_init(void)
{
	gupsplat_file = debugfs_create_file_unsafe("gupsplat", 0600, NULL, NULL,
						   &gupsplat_fops);
	return gupsplat_file ? 0 : -ENOMEM;
}

static void __exit gupsplat_exit(void)
{
	debugfs_remove(gupsplat_file);
}

module_init(gupsplat_init);
module_exit(gupsplat_exit);
MODULE_LICENSE("GPL");
