// SPDX-License-Identifier: GPL-2.0
/* Limits of docs/findings.md, in another file than limits.c. */
#include <linux/mm.h>
#include <linux/module.h>

int cellar_stair_1(unsigned long uaddr, struct page **page);

/* That the file is looked at. */
int cellar_far_own(unsigned long uaddr)
{
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	put_page(page);
	return 0;
}

/* The helper is another file's, and nothing is acquired or released here. */
int cellar_far_caller(unsigned long uaddr)
{
	struct page *page;
	int ret = cellar_stair_1(uaddr, &page);

	return ret;				/* finding: unreleased */
}

/* Here something is released: its steps are there. */
int cellar_far_caller_that_releases(unsigned long uaddr, int check)
{
	struct page *page;
	int ret = cellar_stair_1(uaddr, &page);

	if (ret)
		return ret;
	if (check)
		return -EPERM;				/* finding: unreleased */
	put_page(page);
	return 0;
}

MODULE_LICENSE("GPL");
