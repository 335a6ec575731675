// SPDX-License-Identifier: GPL-2.0
/* Pins without FOLL_WRITE that are kept as a number, and dirtied when they are dropped. */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>

int tide_note(unsigned long key, unsigned long pfn);
unsigned long tide_find(unsigned long key);

int wharf_moor(unsigned long key, unsigned long uaddr)
{
	struct page *page;

	if (pin_user_pages_fast(uaddr, 1, FOLL_LONGTERM, &page) != 1)	/* finding: no-write */
		return -EFAULT;
	if (tide_note(key, page_to_pfn(page))) {
		unpin_user_page(page);
		return -EINVAL;
	}
	return 0;
}

void wharf_leave(unsigned long key, bool wrote)
{
	struct page *page = pfn_to_page(tide_find(key));

	if (wrote)
		set_page_dirty_lock(page);
	unpin_user_page(page);
}

MODULE_LICENSE("GPL");
