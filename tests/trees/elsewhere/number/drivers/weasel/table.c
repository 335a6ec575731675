// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>

struct weasel {
	unsigned long *entries;
	bool registered;
};

void weasel_unuse_registered(struct weasel *weasel, unsigned long entry);
unsigned long weasel_exchange(struct weasel *weasel, unsigned long entry, unsigned long hpa);

static void weasel_unuse(struct weasel *weasel, unsigned long hpa)
{
	struct page *page;

	page = pfn_to_page(hpa >> PAGE_SHIFT);
	put_page(page); /* is released */
}

static int weasel_use(unsigned long addr, unsigned long *hpa)
{
	struct page *page = NULL;

	if (get_user_pages_fast(addr & PAGE_MASK, 1, FOLL_WRITE, &page) != 1) /* is acquired */
		return -EFAULT;
	*hpa = (unsigned long)page_address(page);
	return 0;
}

int weasel_build(struct weasel *weasel, unsigned long entry, unsigned long addr)
{
	unsigned long hpa, old;

	if (weasel_use(addr, &hpa))
		return -EFAULT;
	old = weasel_exchange(weasel, entry, hpa);
	if (!old)
		return 0;
	if (weasel->registered)
		weasel_unuse_registered(weasel, entry);
	else
		weasel_unuse(weasel, old);
	return 0;
}
