// SPDX-License-Identifier: GPL-2.0
/* Releases that are hard to convert, or wrong as they are; each with a twin. */
#include <linux/highmem.h>
#include <linux/interrupt.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

struct hatch {
	struct page *page[8];
	struct page **pages;
	int nr;
	bool foreign;
	spinlock_t lock;
};

int hatch_fill(struct hatch *hatch, unsigned long uaddr)
{
	int ret = get_user_pages_fast(uaddr, 8, FOLL_WRITE, hatch->page);

	if (ret < 0)
		return ret;
	hatch->nr = ret;
	return 0;
}

void hatch_null_entries(struct hatch *hatch)
{
	int i;

	for (i = 0; i < 8; i++)
		if (hatch->page[i])
			put_page(hatch->page[i]);	/* finding: null-entry */
}

void hatch_all_there(struct hatch *hatch)
{
	int i;

	for (i = 0; i < hatch->nr; i++)
		put_page(hatch->page[i]);
}

void hatch_flag(struct hatch *hatch)
{
	int i;

	if (!hatch->foreign)
		for (i = 0; i < hatch->nr; i++)
			put_page(hatch->page[i]);	/* finding: own-or-foreign */
	kfree(hatch);
}

/* Both sides release: the flag is about something else. */
void hatch_both_sides(struct hatch *hatch)
{
	int i;

	for (i = 0; i < hatch->nr; i++) {
		if (hatch->foreign) {
			set_page_dirty_lock(hatch->page[i]);
			put_page(hatch->page[i]);
		} else {
			put_page(hatch->page[i]);
		}
	}
}

int hatch_unfilled(unsigned long uaddr, int nr)
{
	struct page **pages = kmalloc_array(nr, sizeof(*pages), GFP_KERNEL);
	int got, i;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, nr, 0, pages);
	if (got <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	for (i = 0; i < nr; i++)			/* finding: uninitialised-entry */
		put_page(pages[i]);
	kfree(pages);
	return 0;
}

int hatch_unfilled_but_zero(unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	int got, i;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, nr, 0, pages);
	if (got <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	for (i = 0; i < nr; i++)			/* finding: null-entry */
		put_page(pages[i]);
	kfree(pages);
	return 0;
}

int hatch_filled(unsigned long uaddr, int nr)
{
	struct page **pages = kmalloc_array(nr, sizeof(*pages), GFP_KERNEL);
	int got, i;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, nr, 0, pages);
	if (got < 0)
		got = 0;
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	kfree(pages);
	return got;
}

int hatch_negative(unsigned long uaddr)
{
	struct page *pages[8];
	int got, i;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	for (i = 0; i < got; i++)			/* finding: negative-count */
		put_page(pages[i]);
	return got;
}

int hatch_not_negative(unsigned long uaddr)
{
	struct page *pages[8];
	int got, i;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got < 0)
		return got;
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return got;
}

/* An unsigned count is never below zero: "> 0" lets the error through. */
int hatch_negative_unsigned(unsigned long uaddr)
{
	struct page *pages[8];
	unsigned long got;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got > 0)
		release_pages(pages, got);		/* finding: negative-count */
	return 0;
}

int hatch_count_later(unsigned long uaddr)
{
	struct page *pages[8];
	int got = get_user_pages_fast(uaddr, 8, 0, pages);

	if (got < 0)
		return got;
	while (got > 0)
		put_page(pages[--got]);			/* finding: count-used-later */
	return got;
}

int hatch_count_done_with(unsigned long uaddr)
{
	struct page *pages[8];
	int got = get_user_pages_fast(uaddr, 8, 0, pages);

	if (got < 0)
		return got;
	while (got > 0)
		put_page(pages[--got]);
	return 0;
}

void hatch_under_lock(struct hatch *hatch)
{
	spin_lock(&hatch->lock);
	set_page_dirty_lock(hatch->page[0]);		/* finding: atomic */
	spin_unlock(&hatch->lock);
}

void hatch_after_lock(struct hatch *hatch)
{
	spin_lock(&hatch->lock);
	hatch->nr = 0;
	spin_unlock(&hatch->lock);
	set_page_dirty_lock(hatch->page[0]);
}

static void hatch_tasklet(unsigned long data)
{
	struct hatch *hatch = (struct hatch *)data;

	set_page_dirty_lock(hatch->page[0]);		/* finding: atomic */
}

void hatch_open(struct hatch *hatch, struct tasklet_struct *tasklet)
{
	tasklet_init(tasklet, hatch_tasklet, (unsigned long)hatch);
}

struct hatch_urb {
	void (*complete)(struct hatch_urb *urb);
	struct work_struct work;
	struct hatch *hatch;
};

static void hatch_completed(struct hatch_urb *urb)
{
	set_page_dirty_lock(urb->hatch->page[0]);	/* finding: atomic */
}

/* Called from where it may sleep, too: a test tells which. */
static void hatch_finish(struct hatch *hatch)
{
	if (hatch->foreign)
		set_page_dirty_lock(hatch->page[0]);	/* finding: atomic-dirty */
}

static void hatch_finished(struct hatch_urb *urb)
{
	hatch_finish(urb->hatch);
}

int hatch_wait(struct hatch_urb *urb, unsigned long uaddr)
{
	int ret = get_user_pages_fast(uaddr, 1, FOLL_WRITE, &urb->hatch->page[0]);

	if (ret != 1)
		return -EFAULT;
	urb->complete = hatch_finished;
	hatch_finish(urb->hatch);
	return 0;
}

static void hatch_worked(struct work_struct *work)
{
	struct hatch_urb *urb = container_of(work, struct hatch_urb, work);

	set_page_dirty_lock(urb->hatch->page[0]);
}

/* A member that is called from an interrupt, and a work item, which may sleep. */
int hatch_submit(struct hatch_urb *urb, unsigned long uaddr)
{
	int ret = get_user_pages_fast(uaddr, 1, FOLL_WRITE, &urb->hatch->page[0]);

	if (ret != 1)
		return -EFAULT;
	urb->complete = hatch_completed;
	INIT_WORK(&urb->work, hatch_worked);
	return 0;
}

void hatch_dirty_bare(struct hatch *hatch)
{
	set_page_dirty(hatch->page[0]);			/* finding: unlocked-dirty */
}

void hatch_dirty_locked(struct hatch *hatch)
{
	lock_page(hatch->page[0]);
	set_page_dirty(hatch->page[0]);
	unlock_page(hatch->page[0]);
}

void hatch_head(struct hatch *hatch)
{
	put_page(compound_head(hatch->page[0]));	/* finding: compound-head */
}

void hatch_no_head(struct hatch *hatch)
{
	put_page(hatch->page[0]);
}

MODULE_LICENSE("GPL");
