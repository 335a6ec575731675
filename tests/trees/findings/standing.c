// SPDX-License-Identifier: GPL-2.0
/* A helper fails and releases, and its caller cleans up once more; with twins that are right. */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct depot {
	struct page **pages;
	int nr;
	bool full;
};

int depot_arm(struct depot *depot);

static void depot_drop(struct depot *depot)
{
	int i;

	for (i = 0; i < depot->nr; i++)
		put_page(depot->pages[i]);
}

/* The number that it leaves in the object is that of pages which are gone. */
static int depot_fill(struct depot *depot, unsigned long uaddr)
{
	int i, ret, got = get_user_pages_fast(uaddr, depot->nr, 0, depot->pages);

	if (got != depot->nr) {
		while (got > 0)
			put_page(depot->pages[--got]);
		depot->nr = 0;
		return -EFAULT;
	}
	ret = depot_arm(depot);
	if (ret < 0) {
		for (i = 0; i < depot->nr; i++)
			put_page(depot->pages[i]);
		return -EIO;
	}
	return 0;
}

int depot_open(struct depot *depot, unsigned long uaddr)
{
	int ret = depot_fill(depot, uaddr);

	if (ret < 0)
		depot_drop(depot);		/* finding: double */
	return ret;
}

static int depot_fill_right(struct depot *depot, unsigned long uaddr)
{
	int i, ret, got = get_user_pages_fast(uaddr, depot->nr, 0, depot->pages);

	if (got != depot->nr) {
		while (got > 0)
			put_page(depot->pages[--got]);
		depot->nr = 0;
		return -EFAULT;
	}
	ret = depot_arm(depot);
	if (ret < 0) {
		for (i = 0; i < depot->nr; i++)
			put_page(depot->pages[i]);
		depot->nr = 0;
		return -EIO;
	}
	return 0;
}

int depot_open_right(struct depot *depot, unsigned long uaddr)
{
	int ret = depot_fill_right(depot, uaddr);

	if (ret < 0)
		depot_drop(depot);
	return ret;
}

/* Only those that came are released, and the number is written when all did. */
static int depot_take(struct depot *depot, unsigned long uaddr, int nr)
{
	int got = get_user_pages_fast(uaddr, nr, 0, depot->pages);

	if (got != nr) {
		while (got > 0)
			put_page(depot->pages[--got]);
		return -EFAULT;
	}
	depot->nr = nr;
	return 0;
}

int depot_taken(struct depot *depot, unsigned long uaddr, int nr)
{
	int ret;

	depot->nr = 0;
	ret = depot_take(depot, uaddr, nr);
	if (ret < 0)
		depot_drop(depot);
	return ret;
}

/* The array and its number are the caller's own. */
static int depot_hold(struct page **pages, unsigned long uaddr, int nr, struct depot *depot)
{
	int got = get_user_pages_fast(uaddr, nr, 0, pages), i;

	if (got != nr) {
		while (got > 0)
			put_page(pages[--got]);
		return -EFAULT;
	}
	if (depot_arm(depot) < 0) {
		for (i = 0; i < nr; i++)
			put_page(pages[i]);
		return -EIO;
	}
	return 0;
}

int depot_held(struct page **pages, unsigned long uaddr, int nr, struct depot *depot)
{
	int i, ret = depot_hold(pages, uaddr, nr, depot);

	if (ret == -EIO)
		for (i = 0; i < nr; i++)	/* finding: double */
			put_page(pages[i]);
	return ret;
}

int depot_held_right(struct page **pages, unsigned long uaddr, int nr, struct depot *depot)
{
	int i, ret = depot_hold(pages, uaddr, nr, depot);

	if (ret < 0)
		return ret;
	for (i = 0; i < nr; i++)
		put_page(pages[i]);
	return 0;
}

/* The object tells whether it has any. */
static void depot_empty(struct depot *depot)
{
	int i;

	if (!depot->full)
		return;
	for (i = 0; i < depot->nr; i++)
		put_page(depot->pages[i]);
}

int depot_flagged(struct depot *depot, unsigned long uaddr)
{
	int ret = depot_fill(depot, uaddr);

	if (ret < 0)
		depot_empty(depot);
	return ret;
}

/* It leaves what came before an error to its caller, and how many those are in a variable. */
static int depot_pin(struct page **pages, unsigned long uaddr, int nr, int *taken)
{
	int got = get_user_pages_fast(uaddr, nr, 0, pages);

	if (got < 0)
		return got;
	*taken = got;
	return got == nr ? 0 : -EIO;		/* finding: unreleased */
}

int depot_forgets(unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	int ret, taken = 0;

	if (!pages)
		return -ENOMEM;
	ret = depot_pin(pages, uaddr, nr, &taken);
	if (ret < 0)
		goto free;
	while (taken > 0)
		put_page(pages[--taken]);
free:
	kfree(pages);
	return ret;
}

int depot_asks(unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	int ret, taken = 0;

	if (!pages)
		return -ENOMEM;
	ret = depot_pin(pages, uaddr, nr, &taken);
	if (ret < 0 && !taken)
		goto free;
	while (taken > 0)
		put_page(pages[--taken]);
free:
	kfree(pages);
	return ret;
}

int depot_drops(unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	int ret, taken = 0;

	if (!pages)
		return -ENOMEM;
	ret = depot_pin(pages, uaddr, nr, &taken);
	while (taken > 0)
		put_page(pages[--taken]);
	kfree(pages);
	return ret;
}
MODULE_LICENSE("GPL");
