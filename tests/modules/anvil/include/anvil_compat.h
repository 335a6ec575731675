/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANVIL_COMPAT_H
#define ANVIL_COMPAT_H

#include <linux/version.h>
#include <linux/mm.h>
#include <linux/sched.h>

/* One name for what every kernel calls otherwise. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 6, 0)
#define anvil_gup_fast(start, nr, flags, pages) \
	pin_user_pages_fast(start, nr, flags, pages)
#define anvil_put(page) unpin_user_page(page)
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(5, 2, 0)
#define anvil_gup_fast(start, nr, flags, pages) \
	get_user_pages_fast(start, nr, flags, pages)
#define anvil_put(page) put_user_page(page)
#else
#define anvil_gup_fast(start, nr, flags, pages) \
	get_user_pages_fast(start, nr, !!((flags) & FOLL_WRITE), pages)
#define anvil_put(page) put_page(page)
#endif

static inline long anvil_gup(unsigned long start, unsigned long nr, unsigned int flags,
			     struct page **pages)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 5, 0)
	return get_user_pages(start, nr, flags, pages);
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(4, 9, 0)
	return get_user_pages(start, nr, flags, pages, NULL);
#else
	return get_user_pages(current, current->mm, start, nr, !!(flags & FOLL_WRITE), 0, pages,
			      NULL);
#endif
}

#endif
