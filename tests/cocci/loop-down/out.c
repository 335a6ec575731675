#include <linux/mm.h>

void well_drain(struct well *well, unsigned int n)
{
	put_user_pages(well->pages, n);
}

int well_undo(struct well *well, unsigned long addr)
{
	int i;

	for (i = 0; i < well->n; i++)
		if (well_one(well, addr, i))
			goto undo;
	return 0;

undo:
	put_user_pages(well->pages, i);
	return -EFAULT;
}

/* Every other page. */
void well_even(struct well *well, int n)
{
	int i;

	for (i = n - 1; i >= 0; i -= 2)
		put_user_page(well->pages[i]);
}

int well_last(struct well *well, int n)
{
	int i;

	for (i = n - 1; i >= 0; i--)
		put_user_page(well->pages[i]);
	return i;
}

/* The step is in the condition. */
void well_post(struct well *well, unsigned int n)
{
	put_user_pages(well->pages, n);
}

void well_post_zero(struct well *well, unsigned int n)
{
	put_user_pages(well->pages, n);
}

/* From the one above the last. */
void well_above(struct page **pages, unsigned int i)
{
	put_user_pages(pages, i);
}

/* Not the first. */
void keep_first(struct page **pages, unsigned int n)
{
	unsigned int i;

	for (i = n; i > 0; i--)
		put_user_page(pages[i]);
}

/* Others lie between. */
void keep_below(struct page **pages, unsigned int i)
{
	for (; i > 0; i--)
		put_user_page(pages[i]);
}
