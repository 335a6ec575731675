// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver without a device: pins user pages through each member of the
 * get_user_pages*() family, holds them across ioctls, writes to them as a
 * device would, and releases them rightly or, on purpose, wrongly. It also
 * provokes one splat of each kind, for the harness to prove that it sees them.
 */
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#include "gup_pins.h"

#ifdef GUPTEST_PIN_API
#define put_user_page		unpin_user_page
#define put_user_pages		unpin_user_pages
#define put_user_pages_dirty_lock unpin_user_pages_dirty_lock
#endif
#ifdef GUPTEST_NO_API
static void put_user_page(struct page *page)
{
	put_page(page);
}

static void put_user_pages(struct page **pages, unsigned long npages)
{
	while (npages--)
		put_page(*pages++);
}

static void put_user_pages_dirty_lock(struct page **pages, unsigned long npages,
				      bool make_dirty)
{
	for (; npages--; pages++) {
		if (make_dirty)
			set_page_dirty_lock(*pages);
		put_page(*pages);
	}
}
#endif
#ifdef GUPTEST_TWO_ARGUMENTS
static void dirty_lock(struct page **pages, unsigned long npages, bool dirty)
{
	put_user_pages_dirty_lock(pages, npages);
}
#else
#define dirty_lock put_user_pages_dirty_lock
#endif

#define NR_SLOTS 64

struct slot {
	struct page **pages;
	long nr;
};

static struct slot slots[NR_SLOTS];
static DEFINE_MUTEX(slots_lock);
static struct dentry *guptest_file;

#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 8, 0)
#define mm_read_lock(mm)	mmap_read_lock(mm)
#define mm_read_unlock(mm)	mmap_read_unlock(mm)
#else
#define mm_read_lock(mm)	down_read(&(mm)->mmap_sem)
#define mm_read_unlock(mm)	up_read(&(mm)->mmap_sem)
#endif

static long guptest_get(struct gup_pins *p, struct page **pages)
{
	unsigned int flags = p->write ? FOLL_WRITE : 0;
	long got;
#ifndef GUPTEST_PIN_API
	int locked = 1;
#endif

	switch (p->how) {
#ifdef GUPTEST_PIN_API
	case GUP_FAST:
		return pin_user_pages_fast(p->addr, p->nr_pages, flags, pages);
	case GUP_LONGTERM:
		flags |= FOLL_LONGTERM;
		/* fall through */
	case GUP_PLAIN:
	case GUP_LOCKED:
		mm_read_lock(current->mm);
		got = pin_user_pages(p->addr, p->nr_pages, flags, pages, NULL);
		mm_read_unlock(current->mm);
		return got;
	case GUP_UNLOCKED:
		return pin_user_pages_unlocked(p->addr, p->nr_pages, pages,
					       flags);
	case GUP_REMOTE:
		mm_read_lock(current->mm);
		got = pin_user_pages_remote(current->mm, p->addr, p->nr_pages,
					    flags, pages, NULL, NULL);
		mm_read_unlock(current->mm);
		return got;
	case GUP_FAST_ONLY:
	case GUP_FAST_IRQOFF:
		return pin_user_pages_fast_only(p->addr, p->nr_pages, flags,
						pages);
#else
	case GUP_FAST:
		return get_user_pages_fast(p->addr, p->nr_pages, !!p->write,
					   pages);
	case GUP_LONGTERM:
		mm_read_lock(current->mm);
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 2, 0)
		got = get_user_pages(p->addr, p->nr_pages,
				     flags | FOLL_LONGTERM, pages, NULL);
#else
		got = get_user_pages_longterm(p->addr, p->nr_pages, flags,
					      pages, NULL);
#endif
		mm_read_unlock(current->mm);
		return got;
	case GUP_PLAIN:
		mm_read_lock(current->mm);
		got = get_user_pages(p->addr, p->nr_pages, flags, pages, NULL);
		mm_read_unlock(current->mm);
		return got;
	case GUP_LOCKED:
		mm_read_lock(current->mm);
		got = get_user_pages_locked(p->addr, p->nr_pages, flags, pages,
					    &locked);
		if (locked)
			mm_read_unlock(current->mm);
		return got;
	case GUP_UNLOCKED:
		return get_user_pages_unlocked(p->addr, p->nr_pages, pages,
					       flags);
	case GUP_REMOTE:
		mm_read_lock(current->mm);
		got = get_user_pages_remote(current, current->mm, p->addr,
					    p->nr_pages, flags, pages, NULL,
					    &locked);
		if (locked)
			mm_read_unlock(current->mm);
		return got;
	case GUP_FAST_ONLY:
		return __get_user_pages_fast(p->addr, p->nr_pages, !!p->write,
					     pages);
	case GUP_FAST_IRQOFF:
		local_irq_disable();
		got = __get_user_pages_fast(p->addr, p->nr_pages, !!p->write,
					    pages);
		local_irq_enable();
		return got;
#endif
	}
	return -EINVAL;
}

static void guptest_put_in_irq(void *data)
{
	struct slot *s = data;

	put_user_pages(s->pages, s->nr);
}

/* The release that nobody converted. The tests look for this name. */
static noinline void guptest_unconverted_release(struct slot *s)
{
	long i;

	for (i = 0; i < s->nr; i++)
		put_page(s->pages[i]);
}

static noinline void guptest_unconverted_batch(struct slot *s)
{
	release_pages(s->pages, s->nr);
}

static noinline void guptest_unpinned_release(struct slot *s)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (page)
		put_user_page(page);
	put_user_pages(s->pages, s->nr);
}

static long guptest_put(struct slot *s, unsigned int how)
{
	long i;

	switch (how) {
	case PUT_USER_PAGE:
		for (i = 0; i < s->nr; i++)
			put_user_page(s->pages[i]);
		break;
	case PUT_USER_PAGES:
		put_user_pages(s->pages, s->nr);
		break;
	case PUT_USER_PAGES_DIRTY:
		dirty_lock(s->pages, s->nr, true);
		break;
	case PUT_DIRTY_BY_HAND:
		for (i = 0; i < s->nr; i++) {
			set_page_dirty_lock(s->pages[i]);
			put_user_page(s->pages[i]);
		}
		break;
	case PUT_USER_PAGE_IRQOFF:
		local_irq_disable();
		put_user_pages(s->pages, s->nr);
		local_irq_enable();
		break;
	case PUT_USER_PAGE_INIRQ:
		on_each_cpu_mask(cpumask_of(cpumask_first(cpu_online_mask)),
				 guptest_put_in_irq, s, 1);
		break;
	case PUT_WRONG_PUT_PAGE:
		guptest_unconverted_release(s);
		break;
	case PUT_WRONG_RELEASE_PAGES:
		guptest_unconverted_batch(s);
		break;
	case PUT_WRONG_TWICE:
		guptest_unpinned_release(s);
		break;
	default:
		return -EINVAL;
	}
	kvfree(s->pages);
	s->pages = NULL;
	s->nr = 0;
	return 0;
}

static long guptest_pins(struct gup_pins *p, unsigned int cmd)
{
	struct slot *s;
	long i;

	if (p->slot < 0 || p->slot >= NR_SLOTS)
		return -EINVAL;
	s = &slots[p->slot];
	switch (cmd) {
	case GUP_PINS_GET:
		if (s->pages)
			return -EBUSY;
		s->pages = kvcalloc(p->nr_pages, sizeof(*s->pages), GFP_KERNEL);
		if (!s->pages)
			return -ENOMEM;
		p->got = guptest_get(p, s->pages);
		s->nr = p->got;
		if (p->got <= 0) {
			kvfree(s->pages);
			s->pages = NULL;
		}
		return 0;
	case GUP_PINS_PUT:
		if (!s->pages)
			return -ENOENT;
		return guptest_put(s, p->how);
	case GUP_PINS_FILL:
		for (i = 0; s->pages && i < s->nr; i++) {
			void *at = kmap(s->pages[i]);

			memset(at, p->how, PAGE_SIZE);
			kunmap(s->pages[i]);
		}
		return 0;
	}
	return -ENOTTY;
}

static long guptest_info(struct gup_pins_info *info)
{
	struct page *page, *head;
	struct slot *s;

	if (info->slot < 0 || info->slot >= NR_SLOTS)
		return -EINVAL;
	s = &slots[info->slot];
	if (!s->pages || info->index >= s->nr)
		return -ENOENT;
	page = s->pages[info->index];
	head = compound_head(page);
	info->refcount = page_count(head);
	info->mapcount = page_mapcount(page);
	info->lru = PageLRU(head);
	info->dirty = PageDirty(head);
	info->private = page_has_private(head);
	info->compound = PageCompound(page);
	info->swapcache = PageSwapCache(head);
	info->anon = PageAnon(head);
	info->mapped_file = !PageAnon(head) && head->mapping;
	info->pins = -1;
#ifdef CONFIG_GUP_PIN_TRACKING
	info->pins = page_dma_pins(head);
#endif
	return 0;
}

static DEFINE_SPINLOCK(lock_a);
static DEFINE_SPINLOCK(lock_b);

static void guptest_lockdep(void)
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

static long guptest_splat(unsigned long what)
{
	LIST_HEAD(list);
	struct list_head stray;
	struct page *page;

	switch (what) {
	case SPLAT_WARN:
		WARN(1, "guptest: a warning that was asked for\n");
		return 0;
	case SPLAT_LOCKDEP:
		guptest_lockdep();
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
		stray.next = &list;
		stray.prev = &stray;
		__list_add(&list, &stray, stray.next);
		return 0;
	case SPLAT_BUG:
		BUG();
		return 0;
	}
	return -EINVAL;
}

static long guptest_ioctl(struct file *file, unsigned int cmd,
			  unsigned long arg)
{
	void __user *user = (void __user *)arg;
	struct gup_pins_info info;
	struct gup_pins pins;
	long err;

	switch (cmd) {
	case GUP_PINS_GET:
	case GUP_PINS_PUT:
	case GUP_PINS_FILL:
		if (copy_from_user(&pins, user, sizeof(pins)))
			return -EFAULT;
		mutex_lock(&slots_lock);
		err = guptest_pins(&pins, cmd);
		mutex_unlock(&slots_lock);
		if (!err && copy_to_user(user, &pins, sizeof(pins)))
			err = -EFAULT;
		return err;
	case GUP_PINS_INFO:
		if (copy_from_user(&info, user, sizeof(info)))
			return -EFAULT;
		mutex_lock(&slots_lock);
		err = guptest_info(&info);
		mutex_unlock(&slots_lock);
		if (!err && copy_to_user(user, &info, sizeof(info)))
			err = -EFAULT;
		return err;
	case GUP_PINS_SPLAT:
		return guptest_splat(arg);
	}
	return -ENOTTY;
}

static const struct file_operations guptest_fops = {
	.owner		= THIS_MODULE,
	.open		= nonseekable_open,
	.unlocked_ioctl	= guptest_ioctl,
};

static int __init guptest_init(void)
{
	guptest_file = debugfs_create_file_unsafe("guptest", 0600, NULL, NULL,
						  &guptest_fops);
	return guptest_file ? 0 : -ENOMEM;
}

static void __exit guptest_exit(void)
{
	debugfs_remove(guptest_file);
}

module_init(guptest_init);
module_exit(guptest_exit);
MODULE_LICENSE("GPL");
