// SPDX-License-Identifier: GPL-2.0
/* Counts in the ways that drivers write them: unsigned, in members, counted down, entry by entry. */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct scale {
	struct page **pages;
	unsigned int nr;
	int got;
	unsigned long want;
};

int scale_account(int n);

/* -- an errno in an unsigned number -- */

int scale_unsigned_differs(struct page **pages, unsigned long uaddr, unsigned int n)
{
	unsigned int got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, pages);

	if (got != n) {
		unpin_user_pages(pages, got);			/* finding: negative-count */
		return -EFAULT;
	}
	unpin_user_pages(pages, n);
	return 0;
}

int scale_unsigned_none(struct page **pages, unsigned long uaddr, unsigned long n)
{
	unsigned long got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	unpin_user_pages(pages, got);				/* finding: negative-count */
	return 0;
}

int scale_signed_none(struct page **pages, unsigned long uaddr, unsigned long n)
{
	long got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	unpin_user_pages(pages, got);
	return 0;
}

/* -- it is not 0 -- */

int scale_truth(struct page **pages, unsigned long uaddr, int n)
{
	int got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, pages);

	if (got != n) {
		if (got)
			unpin_user_pages(pages, got);		/* finding: negative-count */
		return -EFAULT;
	}
	unpin_user_pages(pages, n);
	return 0;
}

int scale_positive(struct page **pages, unsigned long uaddr, int n)
{
	int got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, pages);

	if (got != n) {
		if (got > 0)
			unpin_user_pages(pages, got);
		return -EFAULT;
	}
	unpin_user_pages(pages, n);
	return 0;
}

/* -- counted down -- */

int scale_down_from_errno(struct page **pages, unsigned long uaddr, int n)
{
	int got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, pages);

	if (got != n) {
		while (got--)					/* finding: negative-count */
			unpin_user_page(pages[got]);
		return -EFAULT;
	}
	unpin_user_pages(pages, n);
	return 0;
}

int scale_down_right(struct page **pages, unsigned long uaddr, int n)
{
	int got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, pages);

	if (got != n) {
		while (--got >= 0)
			unpin_user_page(pages[got]);
		return -EFAULT;
	}
	unpin_user_pages(pages, n);
	return 0;
}

int scale_down_checked(struct page **pages, unsigned long uaddr, int n)
{
	int got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, pages);

	if (got < 0)
		return got;
	while (got--)
		unpin_user_page(pages[got]);
	return 0;
}

/* -- at a label that failures come to, too -- */

int scale_label(struct page **pages, unsigned long uaddr, int n)
{
	int got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, pages), ret = 0;

	if (got != n) {
		ret = -EFAULT;
		goto out;
	}
	ret = scale_account(n);
out:
	unpin_user_pages(pages, got);				/* finding: negative-count */
	return ret;
}

int scale_label_right(struct page **pages, unsigned long uaddr, int n)
{
	int got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, pages), ret = 0;

	if (got < 0)
		return got;
	if (got != n) {
		ret = -EFAULT;
		goto out;
	}
	ret = scale_account(n);
out:
	unpin_user_pages(pages, got);
	return ret;
}

int scale_one(unsigned long uaddr)
{
	struct page *page;
	int got = pin_user_pages_fast(uaddr, 1, FOLL_WRITE, &page), ret;

	ret = got == 1 ? 0 : -EFAULT;
	unpin_user_pages(&page, got);				/* finding: negative-count */
	return ret;
}

/* -- in members -- */

int scale_member(struct scale *scale, unsigned long uaddr)
{
	scale->got = pin_user_pages_fast(uaddr, scale->want, FOLL_WRITE, scale->pages);
	if (scale->got < scale->want) {
		unpin_user_pages(scale->pages, scale->got);
		return -EFAULT;
	}
	unpin_user_pages(scale->pages, scale->got);		/* finding: negative-count */
	return 0;
}

int scale_member_right(struct scale *scale, unsigned long uaddr)
{
	scale->got = pin_user_pages_fast(uaddr, scale->want, FOLL_WRITE, scale->pages);
	if (scale->got < 0)
		return scale->got;
	unpin_user_pages(scale->pages, scale->got);
	return 0;
}

static void scale_empty(struct scale *scale)
{
	unsigned int i;

	for (i = 0; i < scale->nr; i++)
		unpin_user_page(scale->pages[i]);
	kvfree(scale->pages);
	scale->pages = NULL;
}

/* The number is that of the request when it fails. */
int scale_number_before(struct scale *scale, unsigned long uaddr, unsigned int n)
{
	int got;

	scale->pages = kvmalloc_array(n, sizeof(*scale->pages), GFP_KERNEL);
	if (!scale->pages)
		return -ENOMEM;
	scale->nr = n;
	got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, scale->pages);
	if (got < 0) {
		scale_empty(scale);				/* finding: uninitialised-entry */
		return got;
	}
	scale->nr = got;
	scale_empty(scale);
	return 0;
}

int scale_number_after(struct scale *scale, unsigned long uaddr, unsigned int n)
{
	int got;

	scale->pages = kvmalloc_array(n, sizeof(*scale->pages), GFP_KERNEL);
	if (!scale->pages)
		return -ENOMEM;
	scale->nr = 0;
	got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, scale->pages);
	if (got < 0) {
		scale_empty(scale);
		return got;
	}
	scale->nr = got;
	scale_empty(scale);
	return 0;
}

/* The errno is the number. */
int scale_number_errno(struct scale *scale, unsigned long uaddr, unsigned int n)
{
	scale->nr = pin_user_pages_fast(uaddr, n, FOLL_WRITE, scale->pages);
	if (scale->nr != n) {
		scale_empty(scale);				/* finding: negative-count */
		return -EFAULT;
	}
	scale_empty(scale);
	return 0;
}

int scale_number_tested(struct scale *scale, unsigned long uaddr, unsigned int n)
{
	int got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, scale->pages);

	scale->nr = got > 0 ? got : 0;
	if (got != n) {
		scale_empty(scale);
		return -EFAULT;
	}
	scale_empty(scale);
	return 0;
}

/* -- through a helper that returns the result -- */

static int scale_pin(struct page **pages, unsigned long uaddr, int n)
{
	return pin_user_pages_fast(uaddr, n, FOLL_WRITE, pages);
}

int scale_helper(struct page **pages, unsigned long uaddr, int n)
{
	int got = scale_pin(pages, uaddr, n);

	if (got < n) {
		unpin_user_pages(pages, got);			/* finding: negative-count */
		return -EFAULT;
	}
	unpin_user_pages(pages, n);
	return 0;
}

int scale_helper_right(struct page **pages, unsigned long uaddr, int n)
{
	int got = scale_pin(pages, uaddr, n);

	if (got < 0)
		return got;
	unpin_user_pages(pages, got);
	return got == n ? 0 : -EFAULT;
}

/* -- one by one -- */

int scale_singles(struct page **pages, unsigned long uaddr, int n)
{
	int i;

	for (i = 0; i < n; i++)
		if (pin_user_pages_fast(uaddr + i * PAGE_SIZE, 1, FOLL_WRITE, &pages[i]) != 1)
			goto fail;
	unpin_user_pages(pages, n);
	return 0;
fail:
	while (i >= 0)
		unpin_user_page(pages[i--]);			/* finding: uninitialised-entry */
	return -EFAULT;
}

int scale_singles_up(struct page **pages, unsigned long uaddr, int n)
{
	int i, j;

	for (i = 0; i < n; i++)
		if (pin_user_pages_fast(uaddr + i * PAGE_SIZE, 1, FOLL_WRITE, &pages[i]) != 1)
			goto fail;
	unpin_user_pages(pages, n);
	return 0;
fail:
	for (j = 0; j <= i; j++)				/* finding: uninitialised-entry */
		unpin_user_page(pages[j]);
	return -EFAULT;
}

int scale_singles_right(struct page **pages, unsigned long uaddr, int n)
{
	int i;

	for (i = 0; i < n; i++)
		if (pin_user_pages_fast(uaddr + i * PAGE_SIZE, 1, FOLL_WRITE, &pages[i]) != 1)
			goto fail;
	unpin_user_pages(pages, n);
	return 0;
fail:
	while (--i >= 0)
		unpin_user_page(pages[i]);
	return -EFAULT;
}

int scale_singles_up_right(struct page **pages, unsigned long uaddr, int n)
{
	int i, j;

	for (i = 0; i < n; i++)
		if (pin_user_pages_fast(uaddr + i * PAGE_SIZE, 1, FOLL_WRITE, &pages[i]) != 1)
			goto fail;
	unpin_user_pages(pages, n);
	return 0;
fail:
	for (j = 0; j < i; j++)
		unpin_user_page(pages[j]);
	return -EFAULT;
}

/* -- done and got -- */

int scale_parts(struct page **pages, unsigned long uaddr, int n)
{
	int done = 0, got;

	while (done < n) {
		got = pin_user_pages_fast(uaddr + done * PAGE_SIZE, n - done, FOLL_WRITE, pages + done);
		if (got < 0)
			goto fail;
		done += got;
	}
	unpin_user_pages(pages, n);
	return 0;
fail:
	unpin_user_pages(pages, done);
	return -EFAULT;
}

int scale_parts_got_lost(struct page **pages, unsigned long uaddr, int n)
{
	int done = 0, got;

	while (done < n) {
		got = pin_user_pages_fast(uaddr + done * PAGE_SIZE, n - done, FOLL_WRITE, pages + done);
		if (got < n - done)
			goto fail;
		done += got;
	}
	unpin_user_pages(pages, n);
	return 0;
fail:
	unpin_user_pages(pages, done);				/* finding: unreleased */
	return -EFAULT;
}

int scale_from_further(struct page **pages, unsigned long uaddr, int n)
{
	int got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	unpin_user_pages(pages + 2, got);			/* finding: range */
	return 0;
}

int scale_wrong_length(struct page **pages, unsigned long uaddr, int n)
{
	int got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, pages);

	if (got < n) {
		if (got > 0)
			unpin_user_pages(pages, n);		/* finding: uninitialised-entry */
		return -EFAULT;
	}
	unpin_user_pages(pages, n);
	return 0;
}

/* -- what another helper has written meanwhile is not what the caller wrote before -- */

enum { SCALE_EMPTY, SCALE_FULL };

struct balance {
	struct page **pages;
	unsigned long nr;
	int state;
};

static int balance_fill(struct balance *balance, unsigned long uaddr, unsigned long n)
{
	long got;

	balance->nr = n;
	got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, balance->pages);
	if (got < 0)
		return got;
	balance->nr = got;
	balance->state = SCALE_FULL;
	return got == n ? 0 : -EFAULT;
}

static void balance_empty(struct balance *balance)
{
	switch (balance->state) {
	case SCALE_FULL:
		unpin_user_pages(balance->pages, balance->nr);
		fallthrough;
	default:
		balance->state = SCALE_EMPTY;
	}
	kfree(balance);
}

int balance_use(struct balance *balance, unsigned long uaddr, unsigned long n)
{
	int ret;

	balance->state = SCALE_EMPTY;
	ret = balance_fill(balance, uaddr, n);
	balance_empty(balance);
	return ret;
}
