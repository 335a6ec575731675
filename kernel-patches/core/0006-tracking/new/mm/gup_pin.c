// SPDX-License-Identifier: GPL-2.0
/*
 * Counting the page references that get_user_pages*() hand out.
 *
 * A reference that was handed out by get_user_pages*() is a pin. For each page
 * (the head page, if it is a compound page) the pins are counted, apart from
 * and in addition to page->_refcount. The count is kept in one of two places:
 *
 * 1. In the page. The first pin takes the page off its LRU list, which makes
 *    the words of page->lru ours, and the last release puts it back on the list
 *    that it came from. This is where nearly all pages are counted.
 *
 * 2. In a record. If the page is not on an LRU list when it is pinned for the
 *    first time, the words of page->lru are not ours to take: the page may be
 *    on somebody's private list (isolated for reclaim or migration), on its way
 *    to the LRU, on a list of hugetlbfs or of a driver, or a ZONE_DEVICE page,
 *    which keeps other things there. Then a record is allocated, and found by
 *    hashing. If that fails, so does get_user_pages*().
 *
 * As long as a page is pinned at all, its count does not move from one place to
 * the other: the first pin decides. So whoever holds a pin knows that the place
 * is stable, and needs no lock to change the count in the page. The first pin
 * and the last release take zone_gup_lock().
 *
 * Not counted, neither when handed out nor when released, are the zero pages,
 * which are pinned by too many to count, belong to nobody and are never
 * written, and what is pinned in an NMI, where no lock can be taken. What an
 * NMI pins it must release before it returns.
 */
#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/hash.h>
#include <linux/hugetlb.h>
#include <linux/init.h>
#include <linux/memcontrol.h>
#include <linux/mm.h>
#include <linux/mm_inline.h>
#include <linux/mmzone.h>
#include <linux/preempt.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/swap.h>

#include <asm/pgtable.h>

#include "internal.h"

/**
 * struct gup_pin_record - the pins of a page whose own words are taken
 * @node: in its bucket
 * @page: the head page
 * @count: the number of pins; never zero while it can be found under the lock
 * @rcu: page_dma_pinned() looks without the lock
 */
struct gup_pin_record {
	struct hlist_node node;
	struct page *page;
	int count;
	struct rcu_head rcu;
};

#define GUP_PIN_HASH_BITS 8

static struct gup_pin_bucket {
	spinlock_t lock;	/* nests inside zone_gup_lock() */
	struct hlist_head head;
} gup_pin_hash[1 << GUP_PIN_HASH_BITS];

atomic_t gup_pin_records = ATOMIC_INIT(0);
EXPORT_SYMBOL(gup_pin_records);
static struct kmem_cache *gup_pin_cache __ro_after_init;

static spinlock_t *page_gup_lock(struct page *page)
{
	return zone_gup_lock(page_zone(page));
}

static struct gup_pin_bucket *gup_pin_bucket(struct page *page)
{
	return &gup_pin_hash[hash_long(page_to_pfn(page), GUP_PIN_HASH_BITS)];
}

static bool gup_pin_not_counted(struct page *page)
{
	return in_nmi() || is_zero_pfn(page_to_pfn(page)) ||
	       is_huge_zero_page(page);
}

/* Under the lock of the bucket, or of rcu_read_lock(). */
static struct gup_pin_record *gup_pin_find(struct gup_pin_bucket *bucket,
					   struct page *page)
{
	struct gup_pin_record *rec;

	hlist_for_each_entry_rcu(rec, &bucket->head, node)
		if (rec->page == page)
			return rec;
	return NULL;
}

/*
 * Changes the count of the page's record, if there is one, and frees the record
 * with the last pin. Returns what the count was, 0 for no record.
 */
static int gup_pin_record_add(struct page *page, int pins)
{
	struct gup_pin_bucket *bucket = gup_pin_bucket(page);
	struct gup_pin_record *rec;
	int was = 0;

	if (!atomic_read(&gup_pin_records))
		return 0;
	spin_lock(&bucket->lock);
	rec = gup_pin_find(bucket, page);
	if (rec) {
		was = rec->count;
		WRITE_ONCE(rec->count, was + pins);
		if (!rec->count) {
			hlist_del_rcu(&rec->node);
			atomic_dec(&gup_pin_records);
			kfree_rcu(rec, rcu);
		}
	}
	spin_unlock(&bucket->lock);
	return was;
}

static void gup_pin_record_insert(struct gup_pin_record *rec, struct page *page)
{
	struct gup_pin_bucket *bucket = gup_pin_bucket(page);

	rec->page = page;
	rec->count = 1;
	atomic_inc(&gup_pin_records);
	spin_lock(&bucket->lock);
	hlist_add_head_rcu(&rec->node, &bucket->head);
	spin_unlock(&bucket->lock);
}

/*
 * Takes the page off its LRU list. It keeps PG_active and PG_unevictable, which
 * say to which list it is going to return.
 */
static bool gup_pin_isolate(struct page *page)
{
	struct pglist_data *pgdat = page_pgdat(page);
	bool isolated = false;

	if (!PageLRU(page))
		return false;
	spin_lock(&pgdat->lru_lock);
	if (PageLRU(page)) {
		struct lruvec *lruvec = mem_cgroup_page_lruvec(page, pgdat);

		ClearPageLRU(page);
		del_page_from_lru_list(page, lruvec, page_lru(page));
		isolated = true;
	}
	spin_unlock(&pgdat->lru_lock);
	return isolated;
}

/*
 * Puts the page back. It may have become evictable or unevictable meanwhile;
 * the order of SetPageLRU() and page_evictable() matters as it does in
 * __pagevec_lru_add_fn(). No pagevec is used, as this may be an interrupt.
 */
static void gup_pin_putback(struct page *page)
{
	struct pglist_data *pgdat = page_pgdat(page);
	struct lruvec *lruvec;

	spin_lock(&pgdat->lru_lock);
	VM_BUG_ON_PAGE(PageLRU(page), page);
	lruvec = mem_cgroup_page_lruvec(page, pgdat);
	SetPageLRU(page);
	/* See __pagevec_lru_add_fn(): pairs with clear_page_mlock() */
	smp_mb();
	if (page_evictable(page)) {
		ClearPageUnevictable(page);
	} else {
		ClearPageActive(page);
		SetPageUnevictable(page);
	}
	add_page_to_lru_list(page, lruvec, page_lru(page));
	spin_unlock(&pgdat->lru_lock);
}

/* Is it worth while to flush this CPU's pagevecs, in hope for an LRU page? */
static bool gup_pin_may_drain(struct page *page)
{
	if (in_interrupt() || irqs_disabled())
		return false;
	return !PageHuge(page) && !PageReserved(page) &&
	       !is_zone_device_page(page) &&
	       (PageAnon(page) || page_mapping(page));
}

static bool gup_pin_page(struct page *page)
{
	spinlock_t *lock = page_gup_lock(page);
	struct gup_pin_record *rec = NULL;
	bool drained = false, pinned;
	unsigned long flags;

again:
	pinned = true;
	spin_lock_irqsave(lock, flags);
	if (PageDmaPinned(page)) {
		atomic_inc(&page->dma_pinned_count);
	} else if (gup_pin_record_add(page, 1)) {
		/* The record has it. */
	} else if (gup_pin_isolate(page)) {
		atomic_set(&page->dma_pinned_count, 1);
		SetPageDmaPinned(page, PAGE_DMA_PINNED_WAS_LRU);
	} else if (rec) {
		gup_pin_record_insert(rec, page);
		rec = NULL;
	} else {
		pinned = false;
	}
	spin_unlock_irqrestore(lock, flags);

	if (!pinned) {
		if (!drained && gup_pin_may_drain(page)) {
			lru_add_drain();
			drained = true;
			goto again;
		}
		rec = kmem_cache_alloc(gup_pin_cache,
				       GFP_NOWAIT | __GFP_NOWARN);
		if (rec)
			goto again;
		return false;
	}
	if (rec)
		kmem_cache_free(gup_pin_cache, rec);
	return true;
}

/* The caller holds a pin, so the place of the count is stable. */
static bool gup_unpin_page(struct page *page)
{
	spinlock_t *lock = page_gup_lock(page);
	unsigned long flags;
	bool ok;

	if (PageDmaPinned(page)) {
		if (!atomic_dec_and_lock_irqsave(&page->dma_pinned_count, lock,
						 flags))
			return true;
		if (PageDmaPinnedWasLru(page)) {
			ClearPageDmaPinned(page);
			gup_pin_putback(page);
		} else {
			ClearPageDmaPinned(page);
		}
		spin_unlock_irqrestore(lock, flags);
		return true;
	}

	spin_lock_irqsave(lock, flags);
	ok = gup_pin_record_add(page, -1);
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
	long i, j;

	/* Words that the pages have to spare, or not: no growth for this. */
	BUILD_BUG_ON(offsetof(struct page, dma_pinned_flags) !=
		     offsetof(struct page, lru.next));
	BUILD_BUG_ON(offsetofend(struct page, dma_pinned_count) >
		     offsetofend(struct page, lru));
	BUILD_BUG_ON(offsetof(struct page, compound_head) !=
		     offsetof(struct page, dma_pinned_flags));

	for (i = 0; i < nr; i++) {
		struct page *page = compound_head(pages[i]);

		if (!gup_pin_not_counted(page) && !gup_pin_page(page))
			break;
	}
	for (j = i; j < nr; j++)
		put_page(pages[j]);
	return nr < 0 ? nr : i;
}

/**
 * put_user_page() - release a page that came from get_user_pages*()
 * @page: the page to be released
 *
 * A page that was obtained from a member of the get_user_pages*() family must
 * be released by put_user_page(), or by one of the put_user_pages*() routines:
 * once for each time that it was handed out. A page that came from anywhere
 * else must not. May be called in any context.
 */
void put_user_page(struct page *page)
{
	page = compound_head(page);
	if (!gup_pin_not_counted(page) && !gup_unpin_page(page))
		WARN_ONCE(1, "gup: a page is released that is not pinned");
	put_page(page);
}
EXPORT_SYMBOL(put_user_page);

/**
 * dup_user_page() - take one more reference of the kind that gup hands out
 * @page: a page for which the caller holds such a reference already
 *
 * For a page that came from get_user_pages*() once, but that is going to be
 * released by put_user_page() more than once. Never fails, may be called in any
 * context.
 */
void dup_user_page(struct page *page)
{
	unsigned long flags;
	bool ok;

	page = compound_head(page);
	get_page(page);
	if (gup_pin_not_counted(page))
		return;
	if (PageDmaPinned(page)) {
		atomic_inc(&page->dma_pinned_count);
		return;
	}
	spin_lock_irqsave(page_gup_lock(page), flags);
	ok = gup_pin_record_add(page, 1);
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
	struct gup_pin_record *rec;
	unsigned long flags;
	int pins = 0;

	page = compound_head(page);
	spin_lock_irqsave(page_gup_lock(page), flags);
	if (PageDmaPinned(page)) {
		pins = atomic_read(&page->dma_pinned_count);
	} else if (atomic_read(&gup_pin_records)) {
		rcu_read_lock();
		rec = gup_pin_find(gup_pin_bucket(page), page);
		if (rec)
			pins = READ_ONCE(rec->count);
		rcu_read_unlock();
	}
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
	if (PageDmaPinned(page))
		return true;
	if (likely(!atomic_read(&gup_pin_records)))
		return false;
	rcu_read_lock();
	pinned = gup_pin_find(gup_pin_bucket(page), page);
	rcu_read_unlock();
	return pinned;
}
EXPORT_SYMBOL_GPL(page_dma_pinned);

/*
 * The last reference of a page is gone, and there are still pins: somebody
 * dropped a pin by put_page(). Forget them, so that the next user of the page
 * finds it as it should be.
 */
void __gup_pin_freed(struct page *page)
{
	unsigned long flags;
	int pins;

	if (likely(!page_dma_pinned(page)))
		return;
	pins = page_dma_pins(page);
	WARN_ONCE(1, "gup: a page is freed with %d pins: one was released by put_page()",
		  pins);
	if (PageDmaPinned(page)) {
		ClearPageDmaPinned(page);
		ClearPageActive(page);
		ClearPageUnevictable(page);
	} else {
		local_irq_save(flags);
		gup_pin_record_add(page, -pins);
		local_irq_restore(flags);
	}
}

static int __init gup_pin_init(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(gup_pin_hash); i++)
		spin_lock_init(&gup_pin_hash[i].lock);
	gup_pin_cache = KMEM_CACHE(gup_pin_record, SLAB_PANIC);
	return 0;
}
core_initcall(gup_pin_init);
