// SPDX-License-Identifier: GPL-2.0
/*
 * Pages that a function looks at one by one: it drops those of a kind, or makes fewer of them.
 * With twins that are right.
 */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct sieve {
	unsigned long pfn;
	int shift;
	struct page **pages;
	int nr;
};

int is_zero_pfn(unsigned long pfn);
int sieve_note(struct sieve *sieve, int nr);
int sieve_rank(struct page *page);

/* Only pages of zeroes are dropped here: the others are still there. */
int sieve_drop_zeroes(struct sieve *sieve, unsigned long uaddr)
{
	struct page *pages[4];
	int i, got = get_user_pages_fast(uaddr, 4, 0, pages);

	if (got <= 0)
		return -EFAULT;
	for (i = 0; i < got; i++)
		if (is_zero_pfn(page_to_pfn(pages[i])))
			put_page(pages[i]);
	if (sieve_note(sieve, got) < 0)
		return -EIO;			/* finding: unreleased */
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return 0;
}

int sieve_drop_all(struct sieve *sieve, unsigned long uaddr)
{
	struct page *pages[4];
	int i, got = get_user_pages_fast(uaddr, 4, 0, pages);

	if (got <= 0)
		return -EFAULT;
	for (i = 0; i < got; i++)
		if (!is_zero_pfn(page_to_pfn(pages[i])))
			put_page(pages[i]);
	return sieve_note(sieve, got);
}

/*
 * It is true where the pages were dropped but for one, or passed on; and false where nothing was
 * done to them, whatever functions have looked at them.
 */
static bool sieve_shrink(struct page ***pages, int *nr, struct sieve *sieve)
{
	struct page **all = *pages, *first = all[0];
	int i;

	if (*nr <= 1)
		return false;
	sieve->shift = sieve_rank(first);
	for (i = 1; i < *nr; i++) {
		if (page_to_nid(first) != sieve->shift)
			return false;
		first = all[i];
	}
	if (sieve_note(sieve, *nr) < 0)
		return false;
	for (i = 1; i < *nr; i++)
		put_page(all[i]);
	*nr = 1;
	return true;
}

static int sieve_get_all(unsigned long uaddr, int nr, struct page **pages)
{
	int i, got = get_user_pages_fast(uaddr, nr, 0, pages);

	if (got < 0 || got == nr)
		return got;
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return -EFAULT;
}

int sieve_register(struct sieve *sieve, unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	int i, ret = -ENOMEM;
	void *table;

	if (!pages)
		return -ENOMEM;
	if (sieve_get_all(uaddr, nr, pages) < 0) {
		kfree(pages);
		return -EFAULT;
	}
	sieve_shrink(&pages, &nr, sieve);
	table = kzalloc(nr, GFP_KERNEL);
	if (!table)
		goto done;			/* finding: unreleased */
	ret = sieve_note(sieve, nr);
	if (ret < 0) {
		for (i = 0; i < nr; i++)
			put_page(pages[i]);
		goto done;
	}
	sieve->pages = pages;
	sieve->nr = nr;
	return 0;
done:
	kfree(pages);
	return ret;
}

/* A pointer that the pages are held by is not NULL. */
int sieve_register_right(struct sieve *sieve, unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	int i, ret = -ENOMEM;
	void *table;

	if (!pages)
		return -ENOMEM;
	if (sieve_get_all(uaddr, nr, pages) < 0) {
		kfree(pages);
		return -EFAULT;
	}
	sieve_shrink(&pages, &nr, sieve);
	table = kzalloc(nr, GFP_KERNEL);
	if (!table)
		goto done;
	sieve->pages = pages;
	sieve->nr = nr;
	return 0;
done:
	if (pages) {
		for (i = 0; i < nr; i++)
			put_page(pages[i]);
	}
	kfree(pages);
	return ret;
}
