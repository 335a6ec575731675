#include <linux/mm.h>

int crate_fill(struct crate *crate, struct page **pages, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (crate_add(crate, pages[i]))
			break;
	crate->used = i;
	for (; i < n; i++)
		put_page(pages[i]);
	return crate->used;
}

/* An if of its own would take this else. */
void crate_else(struct page **pages, unsigned int i, unsigned int n, bool some)
{
	if (some)
		for (; i < n; i++)
			put_page(pages[i]);
	else
		crate_note(n);
}
