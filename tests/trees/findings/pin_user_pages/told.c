// SPDX-License-Identifier: GPL-2.0
/* Helpers that are told whether pages were written, and contexts that are asked for. */
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

int preempt_count(void);
#define in_tent()	(!(preempt_count() & 0xffff00))

struct pole {
	void (*done)(struct pole *pole);
	struct page **pages;
	int n;
	int error;
	bool written;
};

int pole_start(struct pole *pole);
int pole_wait(struct pole *pole);

static void pole_put(struct page **pages, int n, bool written)
{
	int i;

	for (i = 0; i < n; i++) {
		if (written)
			set_page_dirty_lock(pages[i]);
		unpin_user_page(pages[i]);
	}
	kfree(pages);
}

/* Pages of both directions come here. */
static void pole_done(struct pole *pole)
{
	if (pole->error)
		pole->n = 0;
	pole_put(pole->pages, pole->n, false);			/* finding: clean */
	kfree(pole);
}

/* Right: it knows. */
static void pole_done_flagged(struct pole *pole)
{
	pole_put(pole->pages, pole->n, pole->written);
	kfree(pole);
}

/* Right: nothing was written on the way of an error. */
static void pole_fail(struct pole *pole)
{
	if (!pole->error) {
		pole_done_flagged(pole);
		return;
	}
	pole_put(pole->pages, pole->n, false);
	kfree(pole);
}

/* Right, as far as this shows: nobody calls it back. */
void pole_drop(struct pole *pole)
{
	pole_put(pole->pages, pole->n, false);
	kfree(pole);
}

int pole_read(struct pole *pole, unsigned long uaddr, int n, int write, int mode)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	bool written = !write;
	int got, ret;

	if (!pages)
		return -ENOMEM;
	got = pin_user_pages_fast(uaddr, n, written ? FOLL_WRITE : 0, pages);
	if (got <= 0) {
		kfree(pages);
		return got ? got : -EFAULT;
	}
	pole->pages = pages;
	pole->n = got;
	pole->written = written;
	if (mode == 1) {
		pole->done = pole_done;
		return pole_start(pole);
	}
	if (mode == 2) {
		pole->done = pole_done_flagged;
		return pole_start(pole);
	}
	if (mode == 3) {
		pole->done = pole_fail;
		return pole_start(pole);
	}
	ret = pole_wait(pole);
	pole_put(pages, got, written);
	return ret;
}

/* Told, and not asked. */
static void rope_put(struct page **pages, int n, bool make_dirty)
{
	unpin_user_pages(pages, n);				/* finding: clean */
	kfree(pages);
}

static void rope_put_told(struct page **pages, int n, bool make_dirty)
{
	unpin_user_pages_dirty_lock(pages, n, make_dirty);
	kfree(pages);
}

int rope_pull(unsigned long uaddr, int n, int told)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int got, i;

	if (!pages)
		return -ENOMEM;
	got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, pages);
	if (got <= 0) {
		kfree(pages);
		return got ? got : -EFAULT;
	}
	for (i = 0; i < got; i++)
		page_to_pfn(pages[i]);
	if (told)
		rope_put_told(pages, got, true);
	else
		rope_put(pages, got, true);
	return 0;
}

/* Right: its pages are only read. */
static void twine_put(struct page **pages, int n, bool make_dirty)
{
	unpin_user_pages(pages, n);
	kfree(pages);
}

int twine_pull(unsigned long uaddr, int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int got;

	if (!pages)
		return -ENOMEM;
	got = pin_user_pages_fast(uaddr, n, 0, pages);
	if (got <= 0) {
		kfree(pages);
		return got ? got : -EFAULT;
	}
	twine_put(pages, got, false);
	return 0;
}

struct tent {
	struct page *front, *back, *side;
	bool late;
};

int tent_fill(struct tent *tent, unsigned long uaddr)
{
	if (pin_user_pages_fast(uaddr, 1, FOLL_WRITE | FOLL_LONGTERM, &tent->front) != 1)
		return -EFAULT;
	if (pin_user_pages_fast(uaddr + 4096, 1, FOLL_WRITE | FOLL_LONGTERM, &tent->back) != 1)
		return -EFAULT;
	if (pin_user_pages_fast(uaddr + 8192, 1, FOLL_WRITE | FOLL_LONGTERM, &tent->side) != 1)
		return -EFAULT;
	return 0;
}

static void tent_front(struct tent *tent)
{
	if (in_tent())
		unpin_user_pages_dirty_lock(&tent->front, 1, true);
	else
		tent->late = true;
}

static void tent_back(struct tent *tent)
{
	unpin_user_pages_dirty_lock(&tent->back, 1, true);	/* finding: atomic */
}

static void tent_side(struct tent *tent)
{
	if (in_tent())
		unpin_user_pages_dirty_lock(&tent->side, 1, true);
	else
		tent->late = true;
}

void tent_purge(struct tent *tent)
{
	tent_front(tent);
	tent_back(tent);
	tent_side(tent);
	kfree(tent);
}

struct peg {
	struct page *page, *other;
};

int peg_fill(struct peg *peg, unsigned long uaddr)
{
	if (pin_user_pages_fast(uaddr, 1, FOLL_WRITE | FOLL_LONGTERM, &peg->other) != 1)
		return -EFAULT;
	return pin_user_pages_fast(uaddr + 4096, 1, FOLL_WRITE | FOLL_LONGTERM, &peg->page) == 1 ? 0 : -EFAULT;
}

static void peg_other(struct peg *peg)
{
	if (in_tent())
		unpin_user_pages_dirty_lock(&peg->other, 1, true);
}

static void peg_page(struct peg *peg)
{
	unpin_user_pages_dirty_lock(&peg->page, 1, true);
}

/* Two callers, of which only one need be where nothing may sleep. */
void peg_purge(struct peg *peg)
{
	peg_other(peg);
	peg_page(peg);
}

void peg_purge_later(struct peg *peg)
{
	peg_other(peg);
}
