// SPDX-License-Identifier: GPL-2.0
/*
 * Pages that nobody here looks at: they are held in place for somebody who writes to them by
 * their user's address.
 */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

int hyper_call(unsigned long uaddr, int n);
void hyper_note(struct page *page);

struct prop {
	struct page **pages;
	int got;
};

static int prop_hold(unsigned long uaddr, int n, struct page **pages, int *held)
{
	int got = get_user_pages_fast(uaddr, n, FOLL_WRITE, pages);

	if (got < 0)
		return got;
	*held = got;
	return got == n ? 0 : -EFAULT;
}

static void prop_let_go(struct page **pages, int n)
{
	put_user_pages(pages, n);				/* finding: clean */
}

int prop_call(unsigned long uaddr, int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int held = 0, ret;

	if (!pages)
		return -ENOMEM;
	ret = prop_hold(uaddr, n, pages, &held);
	if (!ret)
		ret = hyper_call(uaddr, n);
	prop_let_go(pages, held);
	kfree(pages);
	return ret;
}

static int prop_hold_marked(unsigned long uaddr, int n, struct page **pages, int *held)
{
	int got = get_user_pages_fast(uaddr, n, FOLL_WRITE, pages);

	if (got < 0)
		return got;
	*held = got;
	return got == n ? 0 : -EFAULT;
}

static void prop_let_go_marked(struct page **pages, int n)
{
	put_user_pages_dirty_lock(pages, n);
}

int prop_call_marked(unsigned long uaddr, int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int held = 0, ret;

	if (!pages)
		return -ENOMEM;
	ret = prop_hold_marked(uaddr, n, pages, &held);
	if (!ret)
		ret = hyper_call(uaddr, n);
	prop_let_go_marked(pages, held);
	kfree(pages);
	return ret;
}

/* An object keeps them: others may have dirtied them. */
int prop_keep(struct prop *prop, unsigned long uaddr, int n)
{
	prop->got = get_user_pages_fast(uaddr, n, FOLL_WRITE, prop->pages);
	return prop->got == n ? 0 : -EFAULT;
}

void prop_drop(struct prop *prop)
{
	if (prop->got > 0)
		put_user_pages(prop->pages, prop->got);
	prop->got = 0;
}

/* Only faulted in. */
int prop_touch(unsigned long uaddr)
{
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	put_user_page(page);
	return 0;
}
