#include <linux/mm.h>

int crate_fill(struct crate *crate, struct page **pages, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (crate_add(crate, pages[i]))
			break;
	crate->used = i;
	if (i < n)
		put_user_pages(&pages[i], n - i);
	return crate->used;
}

/* An if of its own would take this else. */
void crate_else(struct page **pages, unsigned int i, unsigned int n, bool some)
{
	if (some)
		for (; i < n; i++)
			put_user_page(pages[i]);
	else
		crate_note(n);
}

/* From the first that was not added. */
void crate_from(struct crate *crate, struct page **pages, unsigned int n)
{
	if (crate->used < n)
		put_user_pages(&pages[crate->used], n - crate->used);
}

void crate_from_local(struct page **pages, unsigned int first, unsigned int last)
{
	if (first < last)
		put_user_pages(&pages[first], last - first);
}

void crate_while(struct page **pages, unsigned int i, unsigned int n)
{
	if (i < n)
		put_user_pages(&pages[i], n - i);
}

/* Where it starts may be an error code. */
int keep_start(unsigned long addr, int n, struct page **pages)
{
	int got, i;

	got = get_user_pages_fast(addr, n, 0, pages);
	for (i = got; i < n; i++)
		put_user_page(pages[i]);
	return 0;
}

/* The index is read later. */
unsigned int keep_while(struct page **pages, unsigned int i, unsigned int n)
{
	while (i < n)
		put_user_page(pages[i++]);
	return i;
}
