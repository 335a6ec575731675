// SPDX-License-Identifier: GPL-2.0
/*
 * Cache maintenance by user address
 */
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <asm/mflush.h>

#ifdef __aarch64__
int mflush_user_range(unsigned long addr)
{
	struct page *page;

	/* may be called with interrupts off */
	if (__get_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	flush_dcache_page(page);
	put_page(page);
	return 0;
}
#endif
