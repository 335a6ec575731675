// SPDX-License-Identifier: GPL-2.0
/* Parts of an array that are released twice on one path, and twins that are right. */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

static int span_check(struct page *page)
{
	return PageCompound(page);
}

int span_two_loops(unsigned long uaddr)
{
	struct page *pages[8];
	int got, i;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got < 0)
		return got;
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	for (i = 0; i < got; i++)			/* finding: double */
		put_page(pages[i]);
	return 0;
}

/* The rest, and then all. */
int span_rest_and_all(unsigned long uaddr)
{
	struct page *pages[8];
	int got, i;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got < 0)
		return got;
	for (i = 0; i < got; i++)
		if (span_check(pages[i]))
			break;
	while (i < got) {
		put_page(pages[i]);
		i++;
	}
	release_pages(pages, got);			/* finding: double */
	return 0;
}

/* One part, and the other one. */
int span_two_parts(unsigned long uaddr)
{
	struct page *pages[8];
	int got, i, done;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got < 0)
		return got;
	for (i = 0; i < got; i++)
		if (span_check(pages[i]))
			break;
	done = i;
	for (i = 0; i < done; i++)
		put_page(pages[i]);
	release_pages(pages + done, got - done);
	return 0;
}

/* The error path falls through to it, having released already. */
int span_fall_through(unsigned long uaddr)
{
	struct page *pages[8];
	int got, i, ret = 0;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got < 0)
		return got;
	for (i = 0; i < got; i++)
		if (span_check(pages[i]))
			goto undo;
	goto all;
undo:
	ret = -EIO;
	while (i > 0) {
		i--;
		put_page(pages[i]);
	}
all:
	for (i = 0; i < got; i++)			/* finding: double */
		put_page(pages[i]);
	return ret;
}

int span_leaves(unsigned long uaddr)
{
	struct page *pages[8];
	int got, i;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got < 0)
		return got;
	for (i = 0; i < got; i++)
		if (span_check(pages[i]))
			goto undo;
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return 0;
undo:
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return -EIO;
}

/* A released page is taken out, and passed over. */
int span_taken_out(unsigned long uaddr)
{
	struct page *pages[8];
	int got, i;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got < 0)
		return got;
	for (i = 0; i < got; i++) {
		put_page(pages[i]);
		pages[i] = NULL;
	}
	for (i = 0; i < got; i++)
		if (pages[i])
			put_page(pages[i]);		/* finding: null-entry */
	return 0;
}

/* Some here, the others there. */
int span_by_turns(unsigned long uaddr)
{
	struct page *pages[8];
	int got, i;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got < 0)
		return got;
	for (i = 0; i < got; i++)
		if (span_check(pages[i]))
			put_page(pages[i]);
	for (i = 0; i < got; i++)
		if (!span_check(pages[i]))
			put_page(pages[i]);
	return 0;
}

/* The count says that there are none any more. */
int span_count_taken_back(unsigned long uaddr, int all)
{
	struct page *pages[8];
	int got, i;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got < 0)
		return got;
	if (got < all) {
		for (i = 0; i < got; i++)
			put_page(pages[i]);
		got = 0;
	}
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return got;
}

/* A helper releases all when it fails, and so does its caller. */
static int span_use(struct page **pages, int nr)
{
	int i;

	for (i = 0; i < nr; i++)
		if (span_check(pages[i]))
			goto fail;
	return 0;
fail:
	for (i = 0; i < nr; i++)
		put_page(pages[i]);
	return -EIO;
}

int span_helper_and_loop(unsigned long uaddr)
{
	struct page *pages[8];
	int got, i, ret;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got < 0)
		return got;
	ret = span_use(pages, got);
	for (i = 0; i < got; i++)			/* finding: double */
		put_page(pages[i]);
	return ret;
}

int span_helper_alone(unsigned long uaddr)
{
	struct page *pages[8];
	int got, i, ret;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got < 0)
		return got;
	ret = span_use(pages, got);
	if (ret)
		return ret;
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return 0;
}

static void span_drop(struct page **pages, int nr)
{
	int i;

	for (i = 0; i < nr; i++)
		put_page(pages[i]);
}

int span_two_helpers(unsigned long uaddr)
{
	struct page *pages[8];
	int got, ret = 0;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got < 0)
		return got;
	if (span_check(pages[0])) {
		span_drop(pages, got);
		ret = -EIO;
	}
	span_drop(pages, got);				/* finding: double */
	return ret;
}

struct span {
	struct page **pages;
	int nr;
};

/* In an object: its own function says that it is empty now. */
static void span_empty(struct span *span)
{
	release_pages(span->pages, span->nr);
	span->nr = 0;
}

int span_emptied_twice(struct span *span, unsigned long uaddr)
{
	int got = get_user_pages_fast(uaddr, 8, 0, span->pages);

	if (got < 0)
		return got;
	span->nr = got;
	span_empty(span);
	span_empty(span);
	return 0;
}

/* Twice in each round of one loop. */
int span_twice_in_a_round(unsigned long uaddr)
{
	struct page *pages[8];
	int got, i;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got < 0)
		return got;
	for (i = 0; i < got; i++) {
		put_page(pages[i]);
		put_page(pages[i]);			/* finding: double */
	}
	return 0;
}

int span_one_of_two_in_a_round(unsigned long uaddr, int dirty)
{
	struct page *pages[8];
	int got, i;

	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got < 0)
		return got;
	for (i = 0; i < got; i++) {
		if (dirty)
			put_page(pages[i]);
		else
			put_page(pages[i]);
	}
	return 0;
}

MODULE_LICENSE("GPL");
