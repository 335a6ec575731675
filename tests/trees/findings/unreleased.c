// SPDX-License-Identifier: GPL-2.0
/* Paths on which pages are left behind, and twins that are right. */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

struct drawer {
	struct page **pages;
	struct page *slot[8];
	long nr;
	int state;
};

int drawer_short_freed(unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	int got, i;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, nr, FOLL_WRITE, pages);
	if (got != nr) {
		kfree(pages);			/* finding: unreleased */
		return got < 0 ? got : -EFAULT;
	}
	for (i = 0; i < nr; i++)
		put_page(pages[i]);
	kfree(pages);
	return 0;
}

int drawer_short_released(unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	int got, ret = 0, i;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, nr, FOLL_WRITE, pages);
	if (got < 0) {
		ret = got;
		goto out;
	}
	if (got != nr)
		ret = -EFAULT;
	for (i = 0; i < got; i++)
		put_page(pages[i]);
out:
	kfree(pages);
	return ret;
}

int drawer_one_kept(unsigned long uaddr, int check)
{
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	if (check)
		return -EPERM;			/* finding: unreleased */
	put_page(page);
	return 0;
}

int drawer_one_by_goto(unsigned long uaddr, int check)
{
	struct page *page;
	int ret = 0;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	if (check) {
		ret = -EPERM;
		goto out;
	}
	ret = 1;
out:
	put_page(page);
	return ret;
}

/* The last page of the loop is not counted yet when it is refused. */
int drawer_not_counted(unsigned long uaddr, int nr)
{
	struct drawer *drawer = kzalloc(sizeof(*drawer), GFP_KERNEL);
	int ret, i;

	if (!drawer)
		return -ENOMEM;
	drawer->pages = kcalloc(nr, sizeof(struct page *), GFP_KERNEL);
	if (!drawer->pages) {
		kfree(drawer);
		return -ENOMEM;
	}
	do {
		ret = get_user_pages_fast(uaddr, 1, 0, drawer->pages + drawer->nr);
		if (ret < 0)
			goto put;
		if (PageCompound(drawer->pages[drawer->nr])) {
			ret = -EINVAL;
			goto put;			/* finding: unreleased */
		}
		drawer->nr++;
	} while (drawer->nr < nr);
	ret = 0;
put:
	for (i = 0; i < drawer->nr; i++)
		put_page(drawer->pages[i]);
	kfree(drawer->pages);
	kfree(drawer);
	return ret;
}

/* Their number is lost. */
int drawer_count_lost(struct drawer *drawer, unsigned long uaddr)
{
	int ret = get_user_pages_fast(uaddr, 8, FOLL_WRITE, drawer->slot);

	if (ret < 0)
		return ret;
	if (ret != 8)
		return -EFAULT;			/* finding: unreleased */
	drawer->nr = ret;
	return 0;
}

int drawer_count_told(struct drawer *drawer, unsigned long uaddr)
{
	int ret = get_user_pages_fast(uaddr, 8, FOLL_WRITE, drawer->slot);

	if (ret < 0)
		return ret;
	drawer->nr = ret;
	if (ret != 8)
		return -EFAULT;
	return 0;
}

void drawer_drop(struct drawer *drawer)
{
	int i;

	for (i = 0; i < drawer->nr; i++)
		put_page(drawer->slot[i]);
}

/* Stored away: an object of the caller's has them. */
int drawer_stored(struct drawer *drawer, unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	int got;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, nr, 0, pages);
	if (got <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	drawer->pages = pages;
	drawer->nr = got;
	return 0;
}

/* The author says that it does not happen: no finding. */
int drawer_warned(unsigned long uaddr)
{
	struct page *page;
	int ret = get_user_pages_fast(uaddr, 1, 0, &page);

	if (ret != 1)
		return -EFAULT;
	if (WARN_ON(PageCompound(page)))
		return -EINVAL;
	put_page(page);
	return 0;
}

static void drawer_put_all(struct page **pages, int nr)
{
	int i;

	for (i = 0; i < nr; i++)
		put_page(pages[i]);
}

/* A helper releases. */
int drawer_by_helper(unsigned long uaddr, struct page **pages, int nr)
{
	struct page *own[8];
	int got = get_user_pages_fast(uaddr, 8, 0, own);

	if (got < 0)
		return got;
	if (got != 8) {
		drawer_put_all(own, got);
		return -EFAULT;
	}
	drawer_put_all(own, 8);
	return nr;
}

/* Each round's page takes the place of the one before. */
int drawer_overwritten(unsigned long uaddr, int nr)
{
	struct page *page;
	int i, sum = 0;

	for (i = 0; i < nr; i++) {
		if (get_user_pages_fast(uaddr + i * PAGE_SIZE, 1, 0, &page) != 1)	/* finding: unreleased */
			return sum;
		if (PageCompound(page))
			continue;
		sum++;
		put_page(page);
	}
	return sum;				/* finding: unreleased */
}

/* Each round goes on where the one before ended. */
int drawer_goes_on(struct drawer *drawer, unsigned long uaddr, int nr)
{
	struct page **pages = drawer->pages;

	while (nr > 0) {
		int got = get_user_pages_fast(uaddr, nr, 0, pages);

		if (got <= 0)
			return -EFAULT;
		drawer->nr += got;
		pages += got;
		nr -= got;
	}
	return 0;
}

/* A table that could not be made has none of the pages. */
int drawer_table_failed(struct sg_table *table, unsigned long uaddr)
{
	struct page *pages[8];
	int ret, got = get_user_pages_fast(uaddr, 8, FOLL_WRITE, pages);

	if (got != 8) {
		if (got > 0)
			release_pages(pages, got);
		return -EFAULT;
	}
	ret = sg_alloc_table_from_pages(table, pages, 8, 0, 8 * PAGE_SIZE, GFP_KERNEL);
	if (ret)
		return ret;			/* finding: unreleased */
	return 0;
}

int drawer_table_failed_and_released(struct sg_table *table, unsigned long uaddr)
{
	struct page *pages[8];
	int ret, got = get_user_pages_fast(uaddr, 8, FOLL_WRITE, pages);

	if (got != 8) {
		if (got > 0)
			release_pages(pages, got);
		return -EFAULT;
	}
	ret = sg_alloc_table_from_pages(table, pages, 8, 0, 8 * PAGE_SIZE, GFP_KERNEL);
	if (ret)
		release_pages(pages, 8);
	return ret;
}

/* A function of the file that only looks keeps nothing. */
static int drawer_look(struct page **pages, int nr)
{
	int i, sum = 0;

	for (i = 0; i < nr; i++)
		sum += PageCompound(pages[i]);
	return sum;
}

int drawer_looked_at_and_left(unsigned long uaddr)
{
	struct page *pages[8];
	int got = get_user_pages_fast(uaddr, 8, 0, pages);

	if (got <= 0)
		return got;
	return drawer_look(pages, got);		/* finding: unreleased */
}

/* A loop in a loop goes round each time anew: all pages are in the table when the array is freed. */
int drawer_loop_in_loop(struct scatterlist *sg, unsigned long uaddr, int nr, int rounds)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	int i, r, got = 0;

	if (!pages)
		return -ENOMEM;
	for (r = 0; r < rounds; r++) {
		got = get_user_pages_fast(uaddr, nr, FOLL_WRITE, pages);
		if (got != nr) {
			if (got > 0)
				release_pages(pages, got);
			break;
		}
		for (i = 0; i < nr; i++)
			sg_set_page(sg + i, pages[i], PAGE_SIZE, 0);
	}
	kfree(pages);
	return got;
}

MODULE_LICENSE("GPL");
