// SPDX-License-Identifier: GPL-2.0
/* What docs/findings.md says is not seen. Nothing here is found; all of it is wrong. */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct cellar {
	struct page *page[8];
	struct page **pages;
	int nr;
	int error;
};

void cellar_elsewhere(struct page **pages);

/* Handed to a function that no file here defines: it may have taken them. */
int cellar_passed_on(unsigned long uaddr)
{
	struct page *page[1];

	if (get_user_pages_fast(uaddr, 1, 0, page) != 1)
		return -EFAULT;
	cellar_elsewhere(page);
	return 0;
}

/* All pages are there, in an object of the caller's: the caller may release them. */
int cellar_in_object(struct cellar *cellar, unsigned long uaddr, int check)
{
	int ret = get_user_pages_fast(uaddr, 8, 0, cellar->page);

	if (ret < 0)
		return ret;
	cellar->nr = ret;
	if (check)
		return -EPERM;
	return 0;
}

void cellar_drop(struct cellar *cellar)
{
	int i;

	for (i = 0; i < cellar->nr; i++)
		put_page(cellar->page[i]);
}

/* The loop leaves the last one out: how often it goes round is not counted. */
int cellar_last_left_out(unsigned long uaddr)
{
	struct page *pages[8];
	int got, i;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got <= 0)
		return got;
	for (i = 0; i < got - 1; i++)
		put_page(pages[i]);
	return 0;
}

/* Two loops over the same array: ranges are not compared. */
int cellar_two_loops(unsigned long uaddr)
{
	struct page *pages[8];
	int got, i;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got < 0)
		return got;
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return 0;
}

MODULE_LICENSE("GPL");
