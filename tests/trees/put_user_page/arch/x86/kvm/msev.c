// SPDX-License-Identifier: GPL-2.0
/*
 * Encrypted guests: the pages of a guest's memory are held while it runs.
 */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include "msev.h"

static struct page **msev_hold_memory(unsigned long uaddr, unsigned long ulen,
				      unsigned long *n, int write)
{
	unsigned long npages = DIV_ROUND_UP(offset_in_page(uaddr) + ulen,
					    PAGE_SIZE);
	unsigned long npinned;
	struct page **pages;
	int ret;

	pages = kvmalloc_array(npages, sizeof(struct page *), GFP_KERNEL);
	if (!pages)
		return NULL;

	ret = get_user_pages_fast(uaddr, npages, write ? FOLL_WRITE : 0,
				  pages);
	npinned = ret > 0 ? ret : 0;
	if (npinned != npages) {
		pr_err("msev: failure locking %lu pages\n", npages);
		goto err;
	}
	*n = npages;
	return pages;

err:
	if (npinned > 0)
		release_pages(pages, npinned);
	kvfree(pages);
	return NULL;
}

static void msev_unhold_memory(struct page **pages, unsigned long npages)
{
	release_pages(pages, npages);
	kvfree(pages);
}

int msev_launch_update(unsigned long uaddr, unsigned long ulen)
{
	struct page **inpages;
	unsigned long npages, i;

	inpages = msev_hold_memory(uaddr, ulen, &npages, 1);
	if (!inpages)
		return -ENOMEM;

	for (i = 0; i < npages; i++) {
		set_page_dirty_lock(inpages[i]);
		msev_firmware(1, page_to_pfn(inpages[i]));
	}
	msev_unhold_memory(inpages, npages);
	return 0;
}
EXPORT_SYMBOL_GPL(msev_launch_update);

int msev_dbg_crypt(unsigned long src, unsigned long dst, unsigned long len)
{
	struct page **src_p, **dst_p;
	unsigned long n, m, i;

	src_p = msev_hold_memory(src, len, &n, 0);
	if (!src_p)
		return -EFAULT;
	dst_p = msev_hold_memory(dst, len, &m, 1);
	if (!dst_p) {
		msev_unhold_memory(src_p, n);
		return -EFAULT;
	}
	for (i = 0; i < m; i++)
		msev_firmware(2, page_to_pfn(dst_p[i]));
	msev_unhold_memory(src_p, n);
	msev_unhold_memory(dst_p, m);
	return 0;
}
EXPORT_SYMBOL_GPL(msev_dbg_crypt);
