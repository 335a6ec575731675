// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>

void *stoat_pin(unsigned long hva, unsigned long *left)
{
	struct page *pages[1];

	if (get_user_pages_fast(hva, 1, FOLL_WRITE, pages) < 1) /* is acquired */
		return NULL;
	*left = PAGE_SIZE - offset_in_page(hva);
	return page_address(pages[0]) + offset_in_page(hva);
}

void stoat_unpin(void *va, bool dirty)
{
	struct page *page = virt_to_page(va);

	if (dirty)
		set_page_dirty_lock(page);
	put_page(page); /* is released */
}
