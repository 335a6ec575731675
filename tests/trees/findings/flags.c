// SPDX-License-Identifier: GPL-2.0
/* Arguments that are given as flags: truth values and numbers, and FOLL_ constants beside them. */
#include <linux/mm.h>
#include <linux/module.h>

#define SKYLIGHT_FLAGS FOLL_WRITE

static int skylight_take(unsigned long uaddr, unsigned int flags)
{
	struct page *page;
	int got = get_user_pages_fast(uaddr, 1, flags, &page);

	if (got == 1)
		put_page(page);
	return got;
}

int skylight_compared(unsigned long uaddr, int direction)
{
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, direction == 2, &page) != 1)	/* finding: boolean */
		return -EFAULT;
	put_page(page);
	return skylight_take(uaddr, direction == 2 ? FOLL_WRITE : 0);
}

int skylight_literal(unsigned long uaddr)
{
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, 1, &page) != 1)	/* finding: boolean */
		return -EFAULT;
	put_page(page);
	return skylight_take(uaddr, 1);
}

int skylight_none(unsigned long uaddr)
{
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	put_page(page);
	return 0;
}

int skylight_macro(unsigned long uaddr)
{
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, SKYLIGHT_FLAGS, &page) != 1)
		return -EFAULT;
	put_page(page);
	return 0;
}

int skylight_bool(unsigned long uaddr, unsigned long mode)
{
	bool write = mode & 2;
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, write, &page) != 1)	/* finding: boolean */
		return -EFAULT;
	put_page(page);
	return 0;
}

int skylight_kept(unsigned long uaddr, bool read_only)
{
	int also = !read_only;
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, also, &page) != 1)	/* finding: boolean */
		return -EFAULT;
	put_page(page);
	return 0;
}

int skylight_flags(unsigned long uaddr, bool read_only)
{
	unsigned int flags = 0;
	struct page *page;

	if (!read_only)
		flags |= FOLL_WRITE;
	if (get_user_pages_fast(uaddr, 1, flags, &page) != 1)
		return -EFAULT;
	put_page(page);
	return 0;
}

MODULE_LICENSE("GPL");
