// SPDX-License-Identifier: GPL-2.0
/*
 * The way of pinned pages from their LRU lists, and back.
 */
#include <linux/init.h>
#include <linux/irq_work.h>
#include <linux/memcontrol.h>
#include <linux/memory.h>
#include <linux/mm.h>
#include <linux/mm_inline.h>
#include <linux/mmzone.h>
#include <linux/percpu.h>
#include <linux/spinlock.h>
#include <linux/swap.h>
#include <linux/workqueue.h>

#include "gup_pin.h"
#include "internal.h"

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

/* As many as a pagevec would be too few for: the buffers of one process. */
#define GUP_PIN_BATCH		1024
#define GUP_PIN_BATCH_PAGES	8192	/* the same with huge pages */

struct gup_pin_list {
	unsigned int nr;
	unsigned int weight;	/* in small pages */
	int swept;		/* of pages that are not there any more */
	struct page *pages[GUP_PIN_BATCH];
};

/**
 * struct gup_pin_batch - the pages that this CPU took off their LRU lists
 * @lock: nests inside zone_gup_lock()
 * @filling: which of the lists; the other one belongs to gup_pin_drain()
 * @lists: of pages that are open, or were, for all that is known here
 */
struct gup_pin_batch {
	spinlock_t lock;	/* for filling, and the list that it names */
	int filling;
	struct gup_pin_list lists[2];
};

static DEFINE_PER_CPU(struct gup_pin_batch, gup_pin_batches);

static void gup_pin_drain(struct work_struct *work);
static DECLARE_DELAYED_WORK(gup_pin_work, gup_pin_drain);

static DEFINE_PER_CPU(bool, gup_pin_pagevec_seen);

static void gup_pin_pagevecs(struct work_struct *work)
{
	lru_add_drain();
}

static DECLARE_WORK(gup_pin_pagevec_work, gup_pin_pagevecs);

/*
 * perf may get here with locks of the scheduler held, under which no work can
 * be queued.
 */
static void gup_pin_kick(struct irq_work *work)
{
	if (this_cpu_xchg(gup_pin_pagevec_seen, false))
		queue_work_on(smp_processor_id(), mm_percpu_wq,
			      &gup_pin_pagevec_work);
	queue_delayed_work(mm_percpu_wq, &gup_pin_work, HZ);
}

static struct irq_work gup_pin_irq_work = { .func = gup_pin_kick };

/*
 * A page needed a record because it is in a pagevec, perhaps one of this CPU.
 * Have these flushed, for the next time. Under the lock.
 */
void gup_pin_drain_pagevecs(void)
{
	this_cpu_write(gup_pin_pagevec_seen, true);
	irq_work_queue(&gup_pin_irq_work);
}

static bool gup_pin_list_full(struct gup_pin_list *list)
{
	return list->nr == GUP_PIN_BATCH ||
	       list->weight >= GUP_PIN_BATCH_PAGES;
}

/* Makes room: pages that were freed need not be returned. */
static void gup_pin_list_sweep(struct gup_pin_list *list)
{
	unsigned int i, nr = list->nr;

	list->nr = 0;
	list->weight = 0;
	for (i = 0; i < nr; i++) {
		struct page *page = list->pages[i];

		if (!PageDmaPinnedOpen(page))
			continue;
		list->pages[list->nr++] = page;
		list->weight += hpage_nr_pages(page);
	}
	/* Not again for a few, until it has been drained */
	list->swept = list->nr > nr / 2;
}

/* Enters a page into this CPU's batch, if there is room. Under the lock. */
static bool gup_pin_batch_add(struct page *page)
{
	struct gup_pin_batch *batch = this_cpu_ptr(&gup_pin_batches);
	struct gup_pin_list *list;
	bool added = false;

	spin_lock(&batch->lock);
	list = &batch->lists[batch->filling];
	if (gup_pin_list_full(list) && !list->swept)
		gup_pin_list_sweep(list);
	if (!gup_pin_list_full(list)) {
		list->pages[list->nr++] = page;
		list->weight += hpage_nr_pages(page);
		added = true;
	}
	spin_unlock(&batch->lock);
	if (!delayed_work_pending(&gup_pin_work))
		irq_work_queue(&gup_pin_irq_work);
	return added;
}

/* All pages of a batch that are open begin to leave. */
static void gup_pin_close(struct gup_pin_batch *batch)
{
	struct gup_pin_list *list;
	unsigned int i;

	spin_lock_irq(&batch->lock);
	list = &batch->lists[batch->filling];
	batch->filling = !batch->filling;
	spin_unlock_irq(&batch->lock);

	for (i = 0; i < list->nr; i++) {
		struct page *page = list->pages[i];
		spinlock_t *lock = page_gup_lock(page);

		/* It may be free, or something else by now */
		if (!PageDmaPinnedOpen(page) || !get_page_unless_zero(page))
			continue;
		spin_lock_irq(lock);
		if (PageDmaPinnedOpen(page))
			SetPageDmaPinnedState(page, PAGE_DMA_PINNED_LEAVING);
		spin_unlock_irq(lock);
		put_page(page);
	}
}

/* Those that left and have no pins return to their LRU lists. */
static void gup_pin_return(struct gup_pin_list *list)
{
	unsigned int i;

	for (i = 0; i < list->nr; i++) {
		struct page *page = list->pages[i];
		spinlock_t *lock = page_gup_lock(page);

		if (!PageDmaPinnedLeaving(page) || !get_page_unless_zero(page))
			continue;
		spin_lock_irq(lock);
		if (!PageDmaPinnedLeaving(page)) {
			/* It is another page now. */
		} else if (atomic_read(&page->dma_pinned_count)) {
			SetPageDmaPinnedState(page, PAGE_DMA_PINNED_LOCKED);
		} else {
			ClearPageDmaPinned(page);
			gup_pin_putback(page);
		}
		spin_unlock_irq(lock);
		put_page(page);
		cond_resched();
	}
	list->weight = 0;
	list->swept = 0;
	WRITE_ONCE(list->nr, 0);
}

static void gup_pin_drain(struct work_struct *work)
{
	struct gup_pin_batch *batch;
	int cpu;

	for_each_possible_cpu(cpu)
		gup_pin_close(per_cpu_ptr(&gup_pin_batches, cpu));
	/* Each CPU that has seen a page open has counted when this is over. */
	gup_pin_synchronize();
	for_each_possible_cpu(cpu) {
		batch = per_cpu_ptr(&gup_pin_batches, cpu);
		gup_pin_return(&batch->lists[!batch->filling]);
	}
}

/* Takes a page off its LRU list and begins to count in it. Under the lock. */
bool gup_pin_begin(struct page *page, int pins)
{
	unsigned long state = PAGE_DMA_PINNED_LOCKED;

	if (!gup_pin_isolate(page))
		return false;
	if (gup_pin_batch_add(page))
		state = PAGE_DMA_PINNED_OPEN;
	SetPageDmaPinned(page, pins, PAGE_DMA_PINNED_WAS_LRU | state);
	return true;
}

/* The page has no pins any more, and is in no batch. Under the lock. */
void gup_pin_end(struct page *page)
{
	if (gup_pin_batch_add(page)) {
		SetPageDmaPinnedState(page, PAGE_DMA_PINNED_OPEN);
	} else {
		ClearPageDmaPinned(page);
		gup_pin_putback(page);
	}
}

/* For who wants to see all pages without pins on their LRU lists. May sleep. */
void gup_pin_drain_all(void)
{
	struct gup_pin_batch *batch;
	unsigned int nr = 0;
	int cpu;

	for_each_possible_cpu(cpu) {
		batch = per_cpu_ptr(&gup_pin_batches, cpu);
		nr += READ_ONCE(batch->lists[0].nr);
		nr += READ_ONCE(batch->lists[1].nr);
	}
	if (!nr)
		return;
	mod_delayed_work(mm_percpu_wq, &gup_pin_work, 0);
	flush_delayed_work(&gup_pin_work);
}

/* The struct pages of memory that is taken away must not be in a batch. */
static int __maybe_unused gup_pin_memory_notify(struct notifier_block *nb,
						unsigned long action, void *arg)
{
	if (action == MEM_GOING_OFFLINE || action == MEM_OFFLINE)
		gup_pin_drain_all();
	return NOTIFY_OK;
}

static int __init gup_pin_lru_init(void)
{
	int cpu;

	for_each_possible_cpu(cpu)
		spin_lock_init(&per_cpu_ptr(&gup_pin_batches, cpu)->lock);
	hotplug_memory_notifier(gup_pin_memory_notify, 0);
	return 0;
}
core_initcall(gup_pin_lru_init);
