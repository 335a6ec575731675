/* SPDX-License-Identifier: GPL-2.0 */
/* The series' test module on trees without the series: what it lacks there. */
#ifndef GUPTEST_COMPAT_H
#define GUPTEST_COMPAT_H

#include <linux/mm.h>

#ifdef GUPTEST_NO_COUNT
#define page_dma_pins(page)	(-1)
#endif

#ifdef GUPTEST_PIN_API
/* The same tests, of the API that took the place of this one. */
#define mmap_sem		mmap_lock
#define put_user_page		unpin_user_page
#define put_user_pages		unpin_user_pages
#define put_user_pages_dirty_lock unpin_user_pages_dirty_lock
#define get_user_pages_unlocked	pin_user_pages_unlocked
#define get_user_pages_fast	pin_user_pages_fast
#ifdef GUPTEST_NO_FAST_ONLY
/* Nothing pins without sleeping there. */
#define __get_user_pages_fast(addr, nr, write, pages) ((void)(pages), -EOPNOTSUPP)
#else
#define __get_user_pages_fast	pin_user_pages_fast_only
#endif
#ifdef GUPTEST_NO_VMAS
#define get_user_pages(addr, nr, flags, pages, vmas) pin_user_pages(addr, nr, flags, pages)
#define get_user_pages_locked(addr, nr, flags, pages, locked)		\
	((void)(locked), pin_user_pages(addr, nr, flags, pages))
#define get_user_pages_remote(tsk, mm, addr, nr, flags, pages, vmas, locked) \
	pin_user_pages_remote(mm, addr, nr, flags, pages, locked)
/* An enumerator there, and a macro before. */
#define FOLL_LONGTERM		FOLL_LONGTERM
#else
#define get_user_pages		pin_user_pages
#define get_user_pages_locked(addr, nr, flags, pages, locked)		\
	((void)(locked), pin_user_pages(addr, nr, flags, pages, NULL))
#define get_user_pages_remote(tsk, mm, addr, nr, flags, pages, vmas, locked) \
	pin_user_pages_remote(mm, addr, nr, flags, pages, vmas, locked)
#endif
#endif

#ifdef GUPTEST_FOLIOS
#define page_mapcount(page)	(atomic_read(&(page)->_mapcount) + 1)
#define page_has_private(page)	folio_test_private(page_folio(page))
#define PageSwapCache(page)	folio_test_swapcache(page_folio(page))
#endif

#ifdef GUPTEST_NO_API
static inline void put_user_page(struct page *page)
{
	put_page(page);
}

static inline void put_user_pages(struct page **pages, unsigned long npages)
{
	while (npages--)
		put_page(*pages++);
}

static inline void put_user_pages_dirty_lock(struct page **pages,
					     unsigned long npages, bool dirty)
{
	for (; npages--; pages++) {
		if (dirty)
			set_page_dirty_lock(*pages);
		put_page(*pages);
	}
}
#endif

#ifdef GUPTEST_TWO_ARGUMENTS
#define put_user_pages_dirty_lock(pages, npages, dirty)			\
	put_user_pages_dirty_lock(pages, npages)
#endif

#endif
