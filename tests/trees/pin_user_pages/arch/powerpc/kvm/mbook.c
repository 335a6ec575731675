// SPDX-License-Identifier: GPL-2.0
/*
 * Guest page tables of the paper book
 */
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <asm/mbook.h>

long mbook_enter(unsigned long hva, bool writing)
{
	struct page *page = NULL;
	int npages;

	npages = get_user_pages_fast(hva, 1, writing ? FOLL_WRITE : 0, &page);
	if (npages < 1)
		return -EFAULT;

	*(u64 *)kmap_local_page(page) = hva;
	kunmap_local(page_address(page));

	if (writing)
		set_page_dirty_lock(page);
	if (page)
		put_page(page);
	return 0;
}
