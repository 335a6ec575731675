// SPDX-License-Identifier: GPL-2.0
/*
 * A driver without a device: pins user pages through each member of the
 * get_user_pages*() family, holds them across ioctls, writes to them as a
 * device would, and releases them rightly or, on purpose, wrongly.
 */
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pagemap.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/uaccess.h>

#include "test_gup_pins.h"

#define NR_SLOTS 64

struct slot {
	struct page **pages;
	long nr;
};

static struct slot slots[NR_SLOTS];
static DEFINE_MUTEX(slots_lock);
static struct dentry *test_gup_pins_file;

/* As perf does it: pinned and released in one NMI, as far as that is told. */
static void test_gup_pins_nmi(struct gup_pins *p)
{
	/*
	 * Where pagefault_disabled() is a macro still, access_ok() does not
	 * ask it and warns in an interrupt, and the reference to a huge page
	 * asserts that it is not taken in one.
	 */
#ifndef pagefault_disabled
	struct page *page;

	pagefault_disable();
	preempt_count_add(NMI_OFFSET);
	if (__get_user_pages_fast(p->addr, 1, !!p->write, &page) == 1)
		put_user_page(page);
	preempt_count_sub(NMI_OFFSET);
	pagefault_enable();
#endif
}

static long test_gup_pins_get(struct gup_pins *p, struct page **pages)
{
	unsigned int flags = p->write ? FOLL_WRITE : 0;
	long got;
	int locked = 1;

	switch (p->how) {
	case GUP_FAST:
		return get_user_pages_fast(p->addr, p->nr_pages, !!p->write,
					   pages);
	case GUP_LONGTERM:
		down_read(&current->mm->mmap_sem);
#ifdef FOLL_LONGTERM
		got = get_user_pages(p->addr, p->nr_pages,
				     flags | FOLL_LONGTERM, pages, NULL);
#else
		got = get_user_pages_longterm(p->addr, p->nr_pages, flags,
					      pages, NULL);
#endif
		up_read(&current->mm->mmap_sem);
		return got;
	case GUP_PLAIN:
		down_read(&current->mm->mmap_sem);
		got = get_user_pages(p->addr, p->nr_pages, flags, pages, NULL);
		up_read(&current->mm->mmap_sem);
		return got;
	case GUP_LOCKED:
		down_read(&current->mm->mmap_sem);
		got = get_user_pages_locked(p->addr, p->nr_pages, flags, pages,
					    &locked);
		if (locked)
			up_read(&current->mm->mmap_sem);
		return got;
	case GUP_UNLOCKED:
		return get_user_pages_unlocked(p->addr, p->nr_pages, pages,
					       flags);
	case GUP_REMOTE:
		down_read(&current->mm->mmap_sem);
		got = get_user_pages_remote(current, current->mm, p->addr,
					    p->nr_pages, flags, pages, NULL,
					    &locked);
		if (locked)
			up_read(&current->mm->mmap_sem);
		return got;
	case GUP_FAST_ONLY:
		return __get_user_pages_fast(p->addr, p->nr_pages, !!p->write,
					     pages);
	case GUP_FAST_IRQOFF:
		local_irq_disable();
		test_gup_pins_nmi(p);
		got = __get_user_pages_fast(p->addr, p->nr_pages, !!p->write,
					    pages);
		test_gup_pins_nmi(p);
		local_irq_enable();
		return got;
	}
	return -EINVAL;
}

static void test_gup_pins_put_in_irq(void *data)
{
	struct slot *s = data;

	put_user_pages(s->pages, s->nr);
}

/* The release that nobody converted. */
static noinline void test_gup_pins_unconverted_release(struct slot *s)
{
	long i;

	for (i = 0; i < s->nr; i++)
		put_page(s->pages[i]);
}

static noinline void test_gup_pins_unconverted_batch(struct slot *s)
{
	release_pages(s->pages, s->nr);
}

static noinline void test_gup_pins_unpinned_release(struct slot *s)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (page)
		put_user_page(page);
	put_user_pages(s->pages, s->nr);
}

static long test_gup_pins_put(struct slot *s, unsigned int how)
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
		put_user_pages_dirty_lock(s->pages, s->nr, true);
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
				 test_gup_pins_put_in_irq, s, 1);
		break;
	case PUT_WRONG_PUT_PAGE:
		test_gup_pins_unconverted_release(s);
		break;
	case PUT_WRONG_RELEASE_PAGES:
		test_gup_pins_unconverted_batch(s);
		break;
	case PUT_WRONG_TWICE:
		test_gup_pins_unpinned_release(s);
		break;
	default:
		return -EINVAL;
	}
	kvfree(s->pages);
	s->pages = NULL;
	s->nr = 0;
	return 0;
}

static long test_gup_pins_pins(struct gup_pins *p, unsigned int cmd)
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
		p->got = test_gup_pins_get(p, s->pages);
		s->nr = p->got;
		if (p->got <= 0) {
			kvfree(s->pages);
			s->pages = NULL;
		}
		return 0;
	case GUP_PINS_PUT:
		if (!s->pages)
			return -ENOENT;
		return test_gup_pins_put(s, p->how);
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

static long test_gup_pins_info(struct gup_pins_info *info)
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
	info->pins = page_dma_pins(head);
	return 0;
}

static long test_gup_pins_ioctl(struct file *file, unsigned int cmd,
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
		err = test_gup_pins_pins(&pins, cmd);
		mutex_unlock(&slots_lock);
		if (!err && copy_to_user(user, &pins, sizeof(pins)))
			err = -EFAULT;
		return err;
	case GUP_PINS_INFO:
		if (copy_from_user(&info, user, sizeof(info)))
			return -EFAULT;
		mutex_lock(&slots_lock);
		err = test_gup_pins_info(&info);
		mutex_unlock(&slots_lock);
		if (!err && copy_to_user(user, &info, sizeof(info)))
			err = -EFAULT;
		return err;
	}
	return -ENOTTY;
}

static const struct file_operations test_gup_pins_fops = {
	.owner		= THIS_MODULE,
	.open		= nonseekable_open,
	.unlocked_ioctl	= test_gup_pins_ioctl,
};

static int __init test_gup_pins_init(void)
{
	test_gup_pins_file = debugfs_create_file_unsafe("gup_pins_test", 0600,
							NULL, NULL,
							&test_gup_pins_fops);
	return test_gup_pins_file ? 0 : -ENOMEM;
}

static void __exit test_gup_pins_exit(void)
{
	debugfs_remove(test_gup_pins_file);
}

module_init(test_gup_pins_init);
module_exit(test_gup_pins_exit);
MODULE_LICENSE("GPL");
