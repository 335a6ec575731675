// SPDX-License-Identifier: GPL-2.0
/* Flags that were right for a kernel before pins are no mistake in one that has them. */
#include <linux/drv.h>
#include <linux/version.h>

struct hold {
	struct page **pages;
	int n;
};

#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 6, 0)
static int hold_longterm(unsigned long at, int n, struct page **pages)
{
	return pin_user_pages_fast(at, n, FOLL_WRITE | FOLL_LONGTERM, pages);
}
#else
static int hold_longterm(unsigned long at, int n, struct page **pages)
{
	return get_user_pages(at, n, FOLL_WRITE | FOLL_LONGTERM, pages);
}
#endif

int hold_take(struct hold *hold, unsigned long at, int n);
int hold_take(struct hold *hold, unsigned long at, int n)
{
	int got;

	hold->pages = kvcalloc(n, sizeof(*hold->pages), GFP_KERNEL);
	if (!hold->pages)
		return -ENOMEM;
	got = hold_longterm(at, n, hold->pages);
	if (got < 0) {
		kvfree(hold->pages);
		return got;
	}
	hold->n = got;
	return 0;
}

void hold_drop(struct hold *hold);
void hold_drop(struct hold *hold)
{
	unpin_user_pages_dirty_lock(hold->pages, hold->n, true);
	kvfree(hold->pages);
}
