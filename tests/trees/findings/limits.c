// SPDX-License-Identifier: GPL-2.0
/* The limits of docs/findings.md: all of it is wrong, and only the marked lines are found. */
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

/* The loop leaves every other one out: how often it goes round is not counted. */
int cellar_every_other(unsigned long uaddr)
{
	struct page *pages[8];
	int got, i;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got <= 0)
		return got;
	for (i = 0; i < got; i += 2)
		put_page(pages[i]);
	return 0;
}

/* Two parts by other names: whether they share an entry is a sum that is not done. */
int cellar_two_parts(unsigned long uaddr, int half, int rest)
{
	struct page *pages[8];
	int got, i;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got < 0)
		return got;
	for (i = 0; i < half; i++)
		put_page(pages[i]);
	for (i = rest; i < got; i++)
		put_page(pages[i]);
	return 0;
}

/* Steps are those of one configuration: the first under which the function was seen. */
int cellar_other_configuration(unsigned long uaddr, int check)
{
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
#ifdef CONFIG_CELLAR_STRICT
	put_page(page);
#else
	if (!check)
		put_page(page);
#endif
	return 0;
}

/* More than 6000 states before the pages are lost. */
int cellar_many_ways(unsigned long uaddr, int flags)
{
	struct page *page;
	int seen = 0;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	if (flags & 0x1)
		seen += 1;
	if (flags & 0x2)
		seen += 2;
	if (flags & 0x4)
		seen += 3;
	if (flags & 0x8)
		seen += 4;
	if (flags & 0x10)
		seen += 5;
	if (flags & 0x20)
		seen += 6;
	if (flags & 0x40)
		seen += 7;
	if (flags & 0x80)
		seen += 8;
	if (flags & 0x100)
		seen += 9;
	if (flags & 0x200)
		seen += 10;
	if (flags & 0x400)
		seen += 11;
	if (flags & 0x800)
		seen += 12;
	if (flags & 0x1000)
		seen += 13;
	if (flags & 0x2000)
		seen += 14;
	/* each of them is asked again, so that no two ways are one */
	if (flags & 0x1)
		seen -= 1;
	if (flags & 0x2)
		seen -= 2;
	if (flags & 0x4)
		seen -= 3;
	if (flags & 0x8)
		seen -= 4;
	if (flags & 0x10)
		seen -= 5;
	if (flags & 0x20)
		seen -= 6;
	if (flags & 0x40)
		seen -= 7;
	if (flags & 0x80)
		seen -= 8;
	if (flags & 0x100)
		seen -= 9;
	if (flags & 0x200)
		seen -= 10;
	if (flags & 0x400)
		seen -= 11;
	if (flags & 0x800)
		seen -= 12;
	if (flags & 0x1000)
		seen -= 13;
	if (flags & 0x2000)
		seen -= 14;
	if (flags & 0x1)
		return -EPERM;
	put_page(page);
	return 0;
}

/* The same with fewer questions is found. */
int cellar_few_ways(unsigned long uaddr, int flags)
{
	struct page *page;
	int seen = 0;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	if (flags & 0x1)
		seen += 1;
	if (flags & 0x2)
		seen += 2;
	if (flags & 0x4)
		seen += 3;
	if (flags & 0x8)
		seen += 4;
	/* each of them is asked again, so that no two ways are one */
	if (flags & 0x1)
		seen -= 1;
	if (flags & 0x2)
		seen -= 2;
	if (flags & 0x4)
		seen -= 3;
	if (flags & 0x8)
		seen -= 4;
	if (flags & 0x1)
		return -EPERM;			/* finding: unreleased */
	put_page(page);
	return 0;
}

/* Helpers are looked into three calls deep: this one releases only where it fails. */
static int cellar_floor_4(struct page *page)
{
	if (PageCompound(page)) {
		put_page(page);
		return -EINVAL;
	}
	return 0;
}

static int cellar_floor_3(struct page *page)
{
	return cellar_floor_4(page);
}

static int cellar_floor_2(struct page *page)
{
	return cellar_floor_3(page);
}

static int cellar_floor_1(struct page *page)
{
	return cellar_floor_2(page);
}

int cellar_deep_helper(unsigned long uaddr)
{
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	return cellar_floor_1(page);
}

int cellar_less_deep_helper(unsigned long uaddr)
{
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	return cellar_floor_2(page);			/* finding: unreleased */
}

/* Pages are followed three calls up, in the same file. */
int cellar_stair_1(unsigned long uaddr, struct page **page)
{
	return get_user_pages_fast(uaddr, 1, 0, page) == 1 ? 0 : -EFAULT;
}

int cellar_stair_2(unsigned long uaddr, struct page **page)
{
	return cellar_stair_1(uaddr, page);
}

int cellar_two_up(unsigned long uaddr)
{
	struct page *page;
	int ret = cellar_stair_2(uaddr, &page);

	return ret;					/* finding: unreleased */
}

int cellar_stair_3(unsigned long uaddr, struct page **page)
{
	return cellar_stair_2(uaddr, page);
}

int cellar_three_up(unsigned long uaddr)
{
	struct page *page;
	int ret = cellar_stair_3(uaddr, &page);

	return ret;					/* finding: unreleased */
}

int cellar_stair_4(unsigned long uaddr, struct page **page)
{
	return cellar_stair_3(uaddr, page);
}

int cellar_four_up(unsigned long uaddr)
{
	struct page *page;
	int ret = cellar_stair_4(uaddr, &page);

	return ret;
}

MODULE_LICENSE("GPL");
