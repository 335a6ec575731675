// SPDX-License-Identifier: GPL-2.0
/*
 * Counting the page references that get_user_pages*() hand out.
 *
 * A reference that was handed out by get_user_pages*() is a pin. For each page
 * (the head page, if it is a compound page) the pins are counted, apart from
 * and in addition to page->_refcount. The count is kept in one of two places:
 *
 * 1. In the page. The first pin takes the page off its LRU list, which makes
 *    the words of page->lru ours. This is where nearly all pages are counted.
 *
 * 2. In a record. If the page is not on an LRU list when it is pinned for the
 *    first time, the words of page->lru are not ours to take: the page may be
 *    on somebody's private list (isolated for reclaim or migration), on its way
 *    to the LRU, on a list of hugetlbfs or of a driver, or a ZONE_DEVICE page,
 *    which keeps other things there. Then a record is allocated, and found by
 *    hashing. If that fails, so does get_user_pages*().
 *
 * As long as a page is pinned at all, its count does not move from one place to
 * the other: the first pin decides.
 *
 * Leaving an LRU list and coming back costs more than all else that
 * get_user_pages_fast() does for a page, and buffers are used again and again.
 * So a page that is taken off its list is entered into a batch of this CPU,
 * and does not go back with the last release, but when the batch is drained: a
 * second later, or by lru_add_drain_all(). Until then its count may be zero.
 * The word that says that the count is in the page also says which of three
 * states it is in:
 *
 *   open      it is in a batch. The count changes without a lock, in sections
 *             that are not preempted
 *   leaving   the batch is being drained, and waits until all who have seen the
 *             page open are done. The count changes under the lock only. After
 *             that, the page returns to its list if it has no pins; else it is
 *   locked    in no batch: it is pinned for long, or the batch was full. The
 *             count changes under the lock, and the last release enters the
 *             page into a batch, or returns it to its list
 *
 * A batch has no references of its pages, so that a page in it can be freed,
 * which takes its state away, or split, like any other.
 *
 * Not counted, neither when handed out nor when released, are the zero pages,
 * which are pinned by too many to count, belong to nobody and are never
 * written. In an NMI, where no lock can be taken, a page is counted only if it
 * is open. An NMI must release its pins before it returns.
 */
#include <linux/export.h>
#include <linux/hugetlb.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/spinlock.h>
#include <linux/swap.h>

#include <asm/pgtable.h>

#include "gup_pin.h"
#include "internal.h"

static bool gup_pin_not_counted(struct page *page)
{
	return is_zero_pfn(page_to_pfn(page)) || is_huge_zero_page(page);
}

/* Is the page one that should be on an LRU list, and is in a pagevec? */
static bool gup_pin_maybe_in_pagevec(struct page *page)
{
	return !PageLRU(page) && !PageHuge(page) && !PageReserved(page) &&
	       !is_zone_device_page(page) &&
	       (PageAnon(page) || page_mapping(page));
}

/*
 * Pins of this CPU in an NMI that are not counted: pages that were not open.
 * NMI users release what they pinned before they return, and pin few pages.
 */
#define GUP_PIN_NMI_PAGES	16

static DEFINE_PER_CPU(struct page *, gup_pin_nmi_pages[GUP_PIN_NMI_PAGES]);

static bool gup_pin_nmi_replace(struct page *from, struct page *to)
{
	struct page **pages = this_cpu_ptr(gup_pin_nmi_pages);
	int i;

	for (i = 0; i < GUP_PIN_NMI_PAGES; i++) {
		if (pages[i] == from) {
			pages[i] = to;
			return true;
		}
	}
	return false;
}

static bool gup_pin_nmi(struct page *page, int pins)
{
	int done;

	for (done = 0; done < pins; done++)
		if (!gup_pin_nmi_replace(NULL, page))
			break;
	if (done == pins)
		return true;
	while (done--)
		gup_pin_nmi_replace(page, NULL);
	return false;
}

/*
 * A page that was open when it was pinned may be leaving by now, but no more:
 * that has to wait for this NMI.
 */
static bool gup_unpin_nmi(struct page *page)
{
	if (gup_pin_nmi_replace(page, NULL))
		return true;
	if (!PageDmaPinned(page))
		return false;
	atomic_dec(&page->dma_pinned_count);
	return true;
}

/* Changes the count where there is one. Under the lock. */
static bool gup_pin_add(struct page *page, int pins)
{
	if (PageDmaPinned(page)) {
		atomic_add(pins, &page->dma_pinned_count);
		return true;
	}
	return gup_pin_record_add(page, pins);
}

/*
 * gup_pin() of a page that is not open. May be called with interrupts disabled.
 * Fails if a record is needed, and there is no memory for it.
 */
bool __gup_pin(struct page *page, int pins)
{
	spinlock_t *lock = page_gup_lock(page);
	struct gup_pin_record *rec = NULL;
	unsigned long flags;
	bool pinned;

	SetPageReferenced(page);
	if (gup_pin_not_counted(page))
		return true;
	if (in_nmi())
		return gup_pin_nmi(page, pins);
again:
	pinned = true;
	spin_lock_irqsave(lock, flags);
	if (gup_pin_add(page, pins) || gup_pin_begin(page, pins)) {
		/* In the page, or in a record that is there. */
	} else if (rec) {
		gup_pin_record_insert(rec, page, pins);
		rec = NULL;
		if (gup_pin_maybe_in_pagevec(page))
			gup_pin_drain_pagevecs();
	} else {
		pinned = false;
	}
	spin_unlock_irqrestore(lock, flags);

	if (!pinned) {
		rec = gup_pin_record_alloc();
		if (rec)
			goto again;
		return false;
	}
	gup_pin_record_free(rec);
	/* See gup_pin(): counted before the page table is looked at again */
	smp_mb();
	return true;
}

/* gup_pin() of a page that is not open; releases what it cannot count. */
bool __gup_pin_or_put(struct page *page, int refs)
{
	if (__gup_pin(page, refs))
		return true;
	while (refs--)
		put_page(page);
	return false;
}

/* gup_unpin() of a page that is not open: false if it has no such pin. */
bool __gup_unpin(struct page *page)
{
	spinlock_t *lock = page_gup_lock(page);
	unsigned long flags;
	bool ok = true;
	int left;

	if (gup_pin_not_counted(page))
		return true;
	if (in_nmi())
		return gup_unpin_nmi(page);
	spin_lock_irqsave(lock, flags);
	if (!PageDmaPinned(page)) {
		ok = gup_pin_record_add(page, -1);
		goto out;
	}
	left = atomic_dec_return(&page->dma_pinned_count);
	if (left < 0) {
		atomic_inc(&page->dma_pinned_count);
		ok = false;
	} else if (!left && PageDmaPinnedLocked(page)) {
		gup_pin_end(page);
	}
out:
	spin_unlock_irqrestore(lock, flags);
	return ok;
}

/**
 * gup_track_pages() - count the references that are about to be handed out
 * @pages: the pages, each with a reference
 * @nr:    how many; an error code, or 0, is returned as it is
 *
 * If a page cannot be counted for lack of memory, it and all after it are
 * released.
 *
 * Return: the number of pages that are left, perhaps 0
 */
long gup_track_pages(struct page **pages, long nr)
{
	bool drained = in_interrupt() || irqs_disabled();
	long i, j;

	/* Words that the pages have to spare, or not: no growth for this. */
	BUILD_BUG_ON(offsetof(struct page, dma_pinned_flags) !=
		     offsetof(struct page, lru.next));
	BUILD_BUG_ON(offsetofend(struct page, dma_pinned_count) >
		     offsetofend(struct page, lru));
	BUILD_BUG_ON(offsetof(struct page, compound_head) !=
		     offsetof(struct page, dma_pinned_flags));
	/* Not PageTail's bit, nor a poison, nor the address of a page */
	BUILD_BUG_ON(PAGE_DMA_PINNED_MASK & 1);
	BUILD_BUG_ON(0x100 & PAGE_DMA_PINNED_MASK);
	BUILD_BUG_ON(PAGE_DMA_PINNED_MASK >= PAGE_SIZE);

	for (i = 0; i < nr; i++) {
		struct page *page = compound_head(pages[i]);

		if (!drained && gup_pin_maybe_in_pagevec(page) &&
		    !PageDmaPinned(page)) {
			lru_add_drain();
			drained = true;
		}
		if (!gup_pin(page, 1))
			break;
	}
	for (j = i; j < nr; j++)
		put_page(pages[j]);
	return nr < 0 ? nr : i;
}

/* put_user_page() of a page that is not open, or not pinned, or in an NMI. */
void __gup_put_page(struct page *page)
{
	page = compound_head(page);
	if (unlikely(!gup_unpin(page)))
		WARN_ONCE(1, "gup: a page is released that is not pinned");
	put_page(page);
}
EXPORT_SYMBOL(__gup_put_page);

/**
 * dup_user_page() - take one more reference of the kind that gup hands out
 * @page: a page for which the caller holds such a reference already
 *
 * For a page that came from get_user_pages*() once, but that is going to be
 * released by put_user_page() more than once. Never fails, may be called in any
 * context but NMI.
 */
void dup_user_page(struct page *page)
{
	unsigned long flags;
	bool ok;

	page = compound_head(page);
	get_page(page);
	if (gup_pin_not_counted(page))
		return;
	preempt_disable();
	if (likely(PageDmaPinnedOpen(page))) {
		atomic_inc(&page->dma_pinned_count);
		preempt_enable();
		return;
	}
	preempt_enable();
	spin_lock_irqsave(page_gup_lock(page), flags);
	ok = gup_pin_add(page, 1);
	spin_unlock_irqrestore(page_gup_lock(page), flags);
	WARN_ONCE(!ok, "gup: a page is duplicated that is not pinned");
}
EXPORT_SYMBOL(dup_user_page);

/**
 * page_dma_pins() - the number of pins of a page
 * @page: the page; for a part of a compound page, the pins of all parts
 *
 * Unless the caller prevents it, the number may change at any time.
 */
int page_dma_pins(struct page *page)
{
	unsigned long flags;
	int pins;

	page = compound_head(page);
	spin_lock_irqsave(page_gup_lock(page), flags);
	if (PageDmaPinned(page))
		pins = atomic_read(&page->dma_pinned_count);
	else
		pins = gup_pin_record_pins(page);
	spin_unlock_irqrestore(page_gup_lock(page), flags);
	return pins;
}
EXPORT_SYMBOL_GPL(page_dma_pins);

/**
 * page_dma_pinned() - may somebody access the page who got it from gup?
 * @page: the page, or a part of a compound page
 *
 * Takes no lock and may be called in any context. Unless the caller prevents
 * it, the answer may be outdated when it arrives.
 */
bool page_dma_pinned(struct page *page)
{
	bool pinned;

	page = compound_head(page);
	if (PageDmaPinned(page)) {
		pinned = atomic_read(&page->dma_pinned_count);
		/* The count is one only as long as the word says so. */
		smp_rmb();
		return pinned && PageDmaPinned(page);
	}
	return gup_pin_record_pins(page);
}
EXPORT_SYMBOL_GPL(page_dma_pinned);

/*
 * The last reference of a page is gone. If there are still pins, somebody has
 * dropped a pin by put_page(). Forget them, so that the next user of the page
 * finds it as it should be. No other code can see the page: no lock is needed,
 * and the lru_lock may be held.
 */
void __gup_pin_freed(struct page *page)
{
	unsigned long flags;
	int pins;

	if (PageDmaPinned(page)) {
		pins = atomic_read(&page->dma_pinned_count);
		ClearPageDmaPinned(page);
		ClearPageActive(page);
		ClearPageUnevictable(page);
	} else {
		pins = gup_pin_record_pins(page);
		local_irq_save(flags);
		gup_pin_record_add(page, -pins);
		local_irq_restore(flags);
	}
	WARN_ONCE(pins, "gup: a page is freed with %d pins: one was released by put_page()",
		  pins);
}
