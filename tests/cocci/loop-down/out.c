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
