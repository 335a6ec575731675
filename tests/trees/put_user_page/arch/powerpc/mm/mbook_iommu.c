// SPDX-License-Identifier: GPL-2.0
/*
 * Memory given to the paper book's IOMMU: the addresses are kept, not the
 * pages.
 */
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <asm/mbook.h>

long mbook_iommu_new(unsigned long ua, unsigned long *hpas, int entries)
{
	struct page *page = NULL;
	long i;

	for (i = 0; i < entries; i++, ua += PAGE_SIZE) {
		if (get_user_pages_fast(ua, 1, FOLL_WRITE, &page) != 1)
			goto unlock_exit;
		hpas[i] = page_to_pfn(page) << PAGE_SHIFT;
	}
	return 0;

unlock_exit:
	mbook_iommu_unpin(hpas, i);
	return -EFAULT;
}

void mbook_iommu_unpin(unsigned long *hpas, long entries)
{
	struct page *page;
	long i;

	for (i = 0; i < entries; i++) {
		if (!hpas[i])
			continue;
		page = pfn_to_page(hpas[i] >> PAGE_SHIFT);
		set_page_dirty(page);
		put_page(page);
		hpas[i] = 0;
	}
}
