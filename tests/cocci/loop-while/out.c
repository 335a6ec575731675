#include <linux/mm.h>

void mill_post(struct page **pages, unsigned int n)
{
	put_user_pages(pages, n);
}

void mill_post_zero(struct page **pages, int n)
{
	put_user_pages(pages, n);
}

void mill_pre(struct page **pages, int n)
{
	put_user_pages(pages, n);
}

void mill_any(struct page **pages, unsigned int n)
{
	put_user_pages(pages, n);
}

int mill_some(struct page **pages, int n)
{
	put_user_pages(pages, n);
	n = mill_count();
	return n;
}

/* A later read gives zero, not the count. */
int mill_after(struct page **pages, unsigned int n)
{
	while (n--)
		put_user_page(pages[n]);
	return n == -1;
}

/* The count is a member: it is zero afterwards, for all to see. */
void mill_member(struct mill *mill)
{
	while (mill->n--)
		put_user_page(mill->pages[mill->n]);
}

/* It is reached again, with another count. */
void mill_again(struct mill *mill, struct page **pages)
{
	int n;

	do {
		n = mill_get(mill, pages);
		if (n < 0)
			return;
		put_user_pages(pages, n);
	} while (mill_more(mill));
}

void net_do(struct page **pages, int n)
{
	put_user_pages(pages, n);
}

void net_do_bare(struct bag *bag, unsigned int n)
{
	if (n)
		put_user_pages(bag->pages, n);
}

void keep_do_up(struct page **pages, int n)
{
	int i = 0;

	do {
		put_user_page(pages[i]);
	} while (++i < n);
}

void keep_do_one_more(struct page **pages, int n)
{
	do {
		put_user_page(pages[n]);
	} while (n--);
}

/* The step is a statement of its own. */
void mill_step(struct page **pages, int n)
{
	put_user_pages(pages, n);
}

void mill_step_local(struct mill *mill, unsigned int n)
{
	put_user_pages(mill->pages, n);
}

/* One step more, and what it skips. */
void keep_two_steps(struct page **pages, int n)
{
	while (n > 0) {
		n--;
		put_user_page(pages[--n]);
	}
}
