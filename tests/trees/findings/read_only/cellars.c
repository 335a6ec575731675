// SPDX-License-Identifier: GPL-2.0
/* Pages that are kept until another command drops them, and were pinned for reading alone. */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct cellar {
	struct list_head list;
	struct page **pages;
	bool closed;
	int direction;
	int n;
};

static LIST_HEAD(cellars);

static int cellar_store(struct cellar *cellar, int got)
{
	if (got < 0)
		return got;
	cellar->n = got;
	list_add(&cellar->list, &cellars);
	return 0;
}

/* Only where the owner wants to write. */
int cellar_by_member(struct cellar *cellar, unsigned long start, int n)
{
	unsigned int flags = (cellar->closed ? 0 : FOLL_WRITE) | FOLL_LONGTERM;
	int got = pin_user_pages_fast(start, n, flags, cellar->pages);	/* finding: read-only */

	return cellar_store(cellar, got);
}

/* Never. */
int cellar_for_reading(struct cellar *cellar, unsigned long start, int n)
{
	int got = pin_user_pages_fast(start, n, FOLL_LONGTERM, cellar->pages);	/* finding: read-only */

	return cellar_store(cellar, got);
}

/* FOLL_FORCE alone breaks nothing. */
int cellar_forced(struct cellar *cellar, unsigned long start, int n)
{
	unsigned int flags = FOLL_FORCE | FOLL_LONGTERM;
	int got;

	if (!cellar->closed)
		flags |= FOLL_WRITE;
	got = pin_user_pages_fast(start, n, flags, cellar->pages);	/* finding: read-only */
	return cellar_store(cellar, got);
}

/* Right: the mapping gets its own pages at once. */
int cellar_written(struct cellar *cellar, unsigned long start, int n)
{
	int got = pin_user_pages_fast(start, n, FOLL_WRITE | FOLL_FORCE | FOLL_LONGTERM,
				      cellar->pages);

	return cellar_store(cellar, got);
}

void cellar_clear(struct cellar *cellar)
{
	list_del(&cellar->list);
	unpin_user_pages_dirty_lock(cellar->pages, cellar->n, true);
}

/* A caller says which pages are for reading, and this one drops those before it returns. */
static int cellar_told(unsigned long start, int n, struct page **pages, bool write)
{
	return pin_user_pages_fast(start, n, FOLL_LONGTERM | (write ? FOLL_WRITE : 0), pages);
}

int cellar_look(struct cellar *cellar, unsigned long start, int n, struct page **pages)
{
	int got = cellar_told(start, n, pages, false);

	if (got > 0)
		unpin_user_pages(pages, got);
	return got < 0 ? got : 0;
}

int cellar_by_helper(struct cellar *cellar, unsigned long start, int n)
{
	return cellar_store(cellar, cellar_told(start, n, cellar->pages, true));
}

/* So does one that leaves it in the object first. */
int cellar_directed(struct cellar *cellar, int direction, unsigned long start, int n)
{
	unsigned int flags = FOLL_LONGTERM;

	cellar->direction = direction;
	if (cellar->direction == 2)
		flags |= FOLL_WRITE;
	return cellar_store(cellar, pin_user_pages_fast(start, n, flags, cellar->pages));
}
