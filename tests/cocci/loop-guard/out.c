#include <linux/mm.h>

/* Perhaps there is no array. */
void gate_close(struct page **pages, unsigned int n)
{
	if (pages)
		put_user_pages(pages, n);
	kfree(pages);
}

void gate_close_braces(struct gate *gate)
{
	if (gate->pages)
		put_user_pages(gate->pages, gate->n);
}

/* The acquire has filled as many entries as it returned: none is empty. */
int gate_once(unsigned long addr, int n, struct page **pages)
{
	int got;

	got = get_user_pages_fast(addr, n, 0, pages);
	if (got < 0)
		return got;
	gate_use(got);
	put_user_pages(pages, got);
	return 0;
}

int gate_once_braces(unsigned long addr, int n, struct page **pages)
{
	int got;

	got = get_user_pages_fast(addr, n, 0, pages);
	if (got <= 0)
		return -EFAULT;
	put_user_pages(pages, got);
	return 0;
}

/* More than it took. */
int keep_more(unsigned long addr, int n, struct page **pages)
{
	int got, i;

	got = get_user_pages_fast(addr, n, 0, pages);
	if (got < 0)
		return got;
	for (i = 0; i < n; i++)
		if (pages[i])
			put_user_page(pages[i]);
	return 0;
}

/* Some are taken out on the way. */
int keep_taken_out(unsigned long addr, int n, struct page **pages)
{
	int got, i;

	got = get_user_pages_fast(addr, n, 0, pages);
	if (got < 0)
		return got;
	pages[0] = NULL;
	for (i = 0; i < got; i++)
		if (pages[i])
			put_user_page(pages[i]);
	return 0;
}

/* ... or perhaps are. */
int keep_handed_on(unsigned long addr, int n, struct page **pages)
{
	int got, i;

	got = get_user_pages_fast(addr, n, 0, pages);
	if (got < 0)
		return got;
	gate_filter(pages, got);
	for (i = 0; i < got; i++)
		if (pages[i])
			put_user_page(pages[i]);
	return 0;
}

/* Or the number has become another one. */
int keep_other_number(unsigned long addr, int n, struct page **pages)
{
	int got, i;

	got = get_user_pages_fast(addr, n, 0, pages);
	if (got < 0)
		return got;
	got = n;
	for (i = 0; i < got; i++)
		if (pages[i])
			put_user_page(pages[i]);
	return 0;
}

/* One way to the loop comes past the acquire. */
int keep_two_ways(unsigned long addr, int n, struct page **pages)
{
	int got = n, i;

	if (gate_open(addr))
		goto out;
	got = get_user_pages_fast(addr, n, 0, pages);
	if (got < 0)
		return got;
out:
	for (i = 0; i < got; i++)
		if (pages[i])
			put_user_page(pages[i]);
	return 0;
}

/* Filled elsewhere. */
void keep_unknown(struct page **pages, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (pages[i])
			put_user_page(pages[i]);
}

/* A single page's guard is a statement about that page. */
void keep_single(struct gate *gate)
{
	if (gate->page)
		put_user_page(gate->page);
}

/* Up to the first hole. */
void keep_break(struct page **pages, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (!pages[i])
			break;
		put_user_page(pages[i]);
	}
}

/* Before an else. */
void keep_else(struct page **pages, unsigned int n, bool all)
{
	unsigned int i;

	if (all)
		for (i = 0; pages && i < n; i++)
			put_user_page(pages[i]);
	else
		gate_note(n);
}
