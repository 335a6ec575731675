// SPDX-License-Identifier: GPL-2.0
/*
 * Writeback of pages that are pinned: they stay dirty.
 */
#include <linux/export.h>
#include <linux/llist.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include <linux/writeback.h>

#include "internal.h"

/**
 * struct gup_redirty - a page that was written, and has to stay dirty
 * @node: in gup_redirty_list
 * @page: with a reference
 * @had_private: whether the file system had something attached to the page
 */
struct gup_redirty {
	struct llist_node node;
	struct page *page;
	bool had_private;
};

static LLIST_HEAD(gup_redirty_list);

static void gup_redirty_one(struct page *page, bool had_private)
{
	bool lost_private;

	lock_page(page);
	/*
	 * If it is not pinned any more, whoever released it has dirtied it, if
	 * it was written to. If it was truncated, nobody cares.
	 *
	 * If it is pinned again, it may have lost its buffers in between, and
	 * must not be dirtied without them. It need not be: who pins it for
	 * writing has told the file system, which has attached them again.
	 */
	lost_private = had_private && !page_has_private(page);
	if (page->mapping && PageUptodate(page) && page_dma_pinned(page) &&
	    !lost_private)
		set_page_dirty(page);
	unlock_page(page);
}

static void gup_redirty_fn(struct work_struct *work)
{
	struct llist_node *list = llist_del_all(&gup_redirty_list);
	struct gup_redirty *redirty, *next;

	llist_for_each_entry_safe(redirty, next, list, node) {
		gup_redirty_one(redirty->page, redirty->had_private);
		put_page(redirty->page);
		kfree(redirty);
		cond_resched();
	}
}

static DECLARE_WORK(gup_redirty_work, gup_redirty_fn);

/**
 * gup_pin_keep_dirty() - a page was made clean, and is about to be written
 * @page: the page, locked
 *
 * If the page is pinned, it may be changed again at any time, and nobody will
 * tell the file system. So the page must not be clean, now or when it is
 * released. But it cannot be dirtied yet: the file system is going to clean the
 * buffers, and a page that is dirty while its buffers are not would never be
 * written. The file system is done with that when it unlocks the page, so have
 * somebody else wait for the lock. Meanwhile the buffers stay, since the page
 * is pinned.
 */
void gup_pin_keep_dirty(struct page *page)
{
	struct gup_redirty *redirty;

	if (!page_dma_pinned(page))
		return;
	redirty = kmalloc(sizeof(*redirty), GFP_NOFS | __GFP_NOFAIL);
	get_page(page);
	redirty->page = page;
	redirty->had_private = page_has_private(page);
	if (llist_add(&redirty->node, &gup_redirty_list))
		queue_work(system_unbound_wq, &gup_redirty_work);
}

/*
 * A page was found writable in the page tables, and so was dirty. Between that
 * and its being counted, writeback may have write-protected and cleaned it, and
 * not have seen that it is pinned. From now on it will see it. Writeback cleans
 * the page first and then looks for pins, here it is the other way round. The
 * fast members need none of this: they count before they look at the page table
 * for the second time.
 *
 * Only asked of pages that are for writing. It does not matter if a page that
 * cannot lose its dirtiness like this is taken for one that did.
 */
static bool gup_pin_lost_dirty(struct page *page)
{
	page = compound_head(page);
	return !PageDirty(page) && !PageAnon(page) && !PageSwapBacked(page) &&
	       !PageHuge(page) && !is_zone_device_page(page) &&
	       READ_ONCE(page->mapping);
}

/*
 * If the mmap_sem may have been dropped: releases such a page, and all after
 * it. Return: the number of pages before it
 */
long gup_drop_cleaned(struct page **pages, long nr)
{
	long i, j;

	/* Pairs with TestClearPageDirty() in clear_page_dirty_for_io() */
	smp_mb();
	for (i = 0; i < nr; i++)
		if (unlikely(gup_pin_lost_dirty(pages[i])))
			break;
	for (j = i; j < nr; j++)
		put_user_page(pages[j]);
	return i;
}

/*
 * Has the file system told once more, with the pin in place. The mmap_sem is
 * held, and stays held.
 */
void gup_refault_cleaned(struct mm_struct *mm, unsigned long start,
			 struct page **pages, long nr)
{
	long i;

	/* Pairs with TestClearPageDirty() in clear_page_dirty_for_io() */
	smp_mb();
	for (i = 0; i < nr; i++)
		if (unlikely(gup_pin_lost_dirty(pages[i])))
			fixup_user_fault(current, mm, start + i * PAGE_SIZE,
					 FAULT_FLAG_WRITE, NULL);
}

/**
 * wbc_skip_pinned() - shall writeback pass over this page?
 * @wbc:  what kind of writeback it is
 * @page: a dirty page, locked
 *
 * A pinned page stays dirty anyhow. So there is no use in writing it, unless
 * somebody waits for its present content to be on disk.
 */
bool wbc_skip_pinned(struct writeback_control *wbc, struct page *page)
{
	if (wbc->sync_mode != WB_SYNC_NONE || !page_dma_pinned(page))
		return false;
	wbc->pages_skipped++;
	return true;
}
EXPORT_SYMBOL_GPL(wbc_skip_pinned);
