// SPDX-License-Identifier: GPL-2.0
/* An acquire and its release for another file, which names neither. */
#include <linux/mm.h>

int hoard_get(unsigned long start, int nr, struct page **pages)
{
	int got = get_user_pages_fast(start, nr, FOLL_WRITE, pages);

	if (got == nr)
		return 0;
	if (got > 0)
		release_pages(pages, got);
	return -EFAULT;
}

void hoard_put(struct page **pages, int nr)
{
	int i;

	for (i = 0; i < nr; i++)
		set_page_dirty_lock(pages[i]);
	release_pages(pages, nr);
}
