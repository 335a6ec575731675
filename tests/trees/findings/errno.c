// SPDX-License-Identifier: GPL-2.0
/* An acquire that has failed, which nothing asks for, or not so that it is seen. */
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct ferry {
	struct page *page;
	struct page *pages[8];
	unsigned int n;
	long total;
};

/* -- an unsigned number is never negative -- */

int ferry_unsigned(struct ferry *ferry, unsigned long uaddr)
{
	unsigned int got = get_user_pages_fast(uaddr, 8, FOLL_WRITE, ferry->pages);

	if (got < 0)	/* finding: lost-errno */
		return got;
	ferry->n = got;
	return 0;
}

static int ferry_fill(struct ferry *ferry, unsigned long uaddr, int n)
{
	return get_user_pages_fast(uaddr, n, FOLL_WRITE, ferry->pages);
}

int ferry_member(struct ferry *ferry, unsigned long uaddr)
{
	ferry->n = ferry_fill(ferry, uaddr, 8);
	if (ferry->n <= 0)	/* finding: lost-errno */
		return -EFAULT;
	return 0;
}

int ferry_signed(struct ferry *ferry, unsigned long uaddr)
{
	int got = ferry_fill(ferry, uaddr, 8);

	if (got < 0)
		return got;
	ferry->n = got;
	return 0;
}

/* An errno is a huge number, and no request is as large. */
int ferry_compared(struct ferry *ferry, unsigned long uaddr)
{
	unsigned int got = get_user_pages_fast(uaddr, 1, FOLL_WRITE, ferry->pages);

	if (got != 1)
		return -EFAULT;
	ferry->n = got;
	return 0;
}

/* -- the test is another one -- */

int ferry_stored(struct ferry *ferry, unsigned long uaddr)
{
	struct page *pages[1];
	int got = get_user_pages_fast(uaddr, 1, FOLL_WRITE, pages);

	if (!got)
		return -EFAULT;
	ferry->page = pages[0];	/* finding: no-page */
	return 0;
}

int ferry_mapped(unsigned long uaddr)
{
	struct page *page;
	char *at;
	int got = get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page);

	if (!got)
		return -EFAULT;
	at = kmap(page);	/* finding: no-page */
	at[0] = 0;
	kunmap(page);
	set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

/* Read first, asked for before it is used: no harm. */
int ferry_early(struct ferry *ferry, unsigned long uaddr)
{
	struct page *pages[1], *page;
	int got = get_user_pages_fast(uaddr, 1, FOLL_WRITE, pages);

	page = pages[0];
	if (got != 1)
		return -EFAULT;
	ferry->page = page;
	return 0;
}

/* -- no test at all -- */

int ferry_fine(struct page **pages, unsigned long uaddr, int n)
{
	get_user_pages_fast(uaddr, n, FOLL_WRITE, pages);
	return 0;	/* finding: no-page */
}

int ferry_added(struct ferry *ferry, unsigned long uaddr)
{
	int got = get_user_pages_fast(uaddr, 8, FOLL_WRITE, ferry->pages);

	ferry->total += got;	/* finding: negative-count */
	return got < 0 ? got : 0;
}

/* Where the one has failed, there is another way to go. */
int ferry_else(struct page **pages, unsigned long uaddr, int (*fill)(struct page **pages))
{
	int got = get_user_pages_fast(uaddr, 1, FOLL_WRITE, pages);

	if (got == 1)
		return 0;
	return fill(pages);
}

int ferry_tried(struct ferry *ferry, unsigned long uaddr, int must)
{
	int got = get_user_pages_fast(uaddr, 8, FOLL_WRITE, ferry->pages);

	if (got < 0)
		return must ? got : 0;
	ferry->n = got;
	return 0;
}

MODULE_LICENSE("GPL");
