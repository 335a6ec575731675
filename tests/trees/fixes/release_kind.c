// SPDX-License-Identifier: GPL-2.0
/* Releases of the other kind. */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct ferry {
	struct page *ramp;
	struct page *bow;
};

int ferry_board(struct ferry *ferry, unsigned long uaddr)
{
	return pin_user_pages_fast(uaddr, 1, FOLL_WRITE | FOLL_LONGTERM, &ferry->ramp) == 1 ? 0 : -EFAULT;
}

void ferry_leave(struct ferry *ferry)
{
	set_page_dirty_lock(ferry->ramp);
	put_page(ferry->ramp);					/* remedy: release-kind */
}

int ferry_look(unsigned long uaddr)
{
	struct page *page;
	int count;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	count = page_count(page);
	unpin_user_page(page);					/* remedy: release-kind */
	return count;
}

/* The macro is others' as well. */
#define FERRY_DROP(page)	put_page(page)

int ferry_moor(struct ferry *ferry, unsigned long uaddr)
{
	return pin_user_pages_fast(uaddr, 1, FOLL_LONGTERM, &ferry->bow) == 1 ? 0 : -EFAULT;
}

void ferry_cast_off(struct ferry *ferry)
{
	FERRY_DROP(ferry->bow);					/* refused: the call stands in a macro */
}
