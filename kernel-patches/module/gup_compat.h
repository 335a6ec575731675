/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * gup_compat.h - pins of user pages for kernels that have none (made by gupconv)
 *
 * pin_user_pages*() and unpin_user_page*() came with 5.6. Before that, a page
 * is referenced and released as any other: a driver that calls these names
 * does there what it always did.
 */
#ifndef _GUP_COMPAT_H
#define _GUP_COMPAT_H

#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 2, 0) && !defined(FOLL_LONGTERM)
#define FOLL_LONGTERM	0
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 6, 0)

#define pin_user_pages			get_user_pages
#define pin_user_pages_fast		get_user_pages_fast
#define pin_user_pages_remote		get_user_pages_remote
#define pin_user_pages_unlocked		get_user_pages_unlocked

/* 5.2 had the releases of the pins to come, under another name. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 2, 0)
#define unpin_user_page			put_page
#else
#define unpin_user_page			put_user_page
#endif

/* Names of our own: a distribution's kernel may have the others, too. */
#define unpin_user_pages		gup_compat_put_pages
#define unpin_user_pages_dirty_lock	gup_compat_put_pages_dirty_lock

static inline void gup_compat_put_pages(struct page **pages,
					unsigned long npages)
{
	unsigned long i;

	for (i = 0; i < npages; i++)
		unpin_user_page(pages[i]);
}

static inline void gup_compat_put_pages_dirty_lock(struct page **pages,
						   unsigned long npages,
						   bool make_dirty)
{
	unsigned long i;

	for (i = 0; i < npages; i++) {
		if (make_dirty)
			set_page_dirty_lock(pages[i]);
		unpin_user_page(pages[i]);
	}
}

#elif LINUX_VERSION_CODE < KERNEL_VERSION(5, 8, 0)

#define pin_user_pages_unlocked		gup_compat_pin_unlocked

static inline long gup_compat_pin_unlocked(unsigned long start,
					   unsigned long npages,
					   struct page **pages,
					   unsigned int gup_flags)
{
	long pinned;

	down_read(&current->mm->mmap_sem);
	pinned = pin_user_pages(start, npages, gup_flags, pages, NULL);
	up_read(&current->mm->mmap_sem);
	return pinned;
}

#endif

#endif /* _GUP_COMPAT_H */
