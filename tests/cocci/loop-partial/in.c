#include <linux/mm.h>

/* Fewer than asked for, or an error code: the count of the call is unsigned. */
int tide_in(unsigned long addr, int n, struct page **pages)
{
	int got, i;

	got = get_user_pages_fast(addr, n, 0, pages);
	if (got != n) {
		for (i = 0; i < got; i++)
			put_page(pages[i]);
		return -EFAULT;
	}
	return 0;
}

int tide_out(unsigned long addr, int n, struct page **pages)
{
	int got;

	got = get_user_pages_fast(addr, n, 0, pages);
	if (got == n)
		return 0;
	while (--got >= 0)
		put_page(pages[got]);
	return -EFAULT;
}

long tide_label(struct tide *tide, unsigned long addr, int n)
{
	long ret, i;

	ret = get_user_pages_fast(addr, n, 0, tide->pages);
	if (ret < n)
		goto fail;
	return ret;

fail:
	for (i = ret - 1; i >= 0; i--) {
		put_page(tide->pages[i]);
	}
	return -EFAULT;
}

int tide_step(unsigned long addr, int n, struct page **pages)
{
	int got;

	got = get_user_pages_fast(addr, n, 0, pages);
	if (got == n)
		return 0;
	while (got > 0) {
		got--;
		put_page(pages[got]);
	}
	return -EFAULT;
}


/* The count is read later. */
int keep_count(unsigned long addr, int n, struct page **pages)
{
	int got;

	got = get_user_pages_fast(addr, n, 0, pages);
	if (got == n)
		return 0;
	while (--got >= 0)
		put_page(pages[got]);
	return got;
}

/* An if of its own would take this else. */
int keep_else(unsigned long addr, int n, struct page **pages, bool all)
{
	int got, i;

	got = get_user_pages_fast(addr, n, 0, pages);
	if (all)
		for (i = 0; i < got; i++)
			put_page(pages[i]);
	else
		tide_note(n);
	return 0;
}

void decoy_tide(unsigned long addr, int n, struct page **pages)
{
	int got = tide_alloc(n, pages), i;

	for (i = 0; i < got; i++)
		put_page(pages[i]);
}
