#include <linux/mm.h>

/* The only page. */
void lamp_off(struct lamp *lamp)
{
	put_page(lamp->page);	/* back to its owner */
}

int lamp_swap(struct lamp *lamp, struct page *page)
{
	if (lamp->page)
		put_page(lamp->page);
	else
		lamp_note(lamp);
	lamp->page = page;
	return lamp_check(lamp) ? (put_page(page), -EIO) : 0;
}

/* A guard is kept, and so is the loop around it. */
void lamp_row(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++)
		if (pages[i])
			put_page(pages[i]);
}

/* The loop does more. */
void lamp_clear(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		put_page(pages[i]);
		pages[i] = NULL;
	}
}

void lamp_list(struct scatterlist *list, int n)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(list, sg, n, i)
		put_page(sg_page(sg));
}

void decoy_alloc(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	put_page(page);
}

/* spatch has no do loops: they stay. */
void lamp_do(struct page **pages, unsigned int n)
{
	do {
		put_page(pages[--n]);
	} while (n);
}

/* One column too many: the operator goes to the next line. */
void till_wide(struct till *till, unsigned long j)
{
	if (till) {
		while (till->open) {
			if (till->more) {
				put_page(pfn_to_page(till->frame_numbers[j] >>
						TILL_SHIFT));
			}
		}
	}
}
