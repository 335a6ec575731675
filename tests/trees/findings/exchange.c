// SPDX-License-Identifier: GPL-2.0
/* Pages that take the place of others in an object, which are released there. */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct den {
	struct page **pages;
	unsigned long n;
};

int den_ready(struct den *den);

/* Drops what the object had, and not what it is given. */
static void den_exchange(struct den *den, struct page **pages)
{
	unsigned long i;

	for (i = 0; i < den->n; ++i) {
		if (den->pages[i])
			put_page(den->pages[i]);	/* finding: null-entry */
		den->pages[i] = pages ? pages[i] : NULL;
	}
}

int den_fill(struct den *den, struct page **fresh, unsigned long addr)
{
	int got = get_user_pages_fast(addr, 1, FOLL_WRITE, fresh);

	if (got != 1)
		return -EFAULT;
	get_page(fresh[0]);
	den_exchange(den, fresh);
	if (den_ready(den))
		return 0;
	release_pages(fresh, 1);
	return -EIO;
}

int den_fill_in_vain(struct den *den, struct page **fresh, unsigned long addr)
{
	int got = get_user_pages_fast(addr, 1, FOLL_WRITE, fresh);

	if (got != 1)
		return -EFAULT;
	den_exchange(den, fresh);
	if (den_ready(den))
		return 0;
	release_pages(fresh, 1);
	return -EIO;
}
