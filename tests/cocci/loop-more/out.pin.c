#include <linux/mm.h>

/* A guard is kept, and so is the loop around it. */
void lamp_row(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++)
		if (pages[i])
			unpin_user_page(pages[i]);
}

/* The loop does more. */
void lamp_clear(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		unpin_user_page(pages[i]);
		pages[i] = NULL;
	}
}

/* One column too many: the operator goes to the next line. */
void till_wide(struct till *till, unsigned long j)
{
	if (till) {
		while (till->open) {
			if (till->more) {
				unpin_user_page(pfn_to_page(till->frame_numbers[j]
						>> TILL_SHIFT));
			}
		}
	}
}

/* Over an array of bio vectors: its pages lie apart. */
void till_bvecs(struct bio_vec *bvecs, int n)
{
	int i;

	for (i = 0; i < n; i++)
		unpin_user_page(bvecs[i].bv_page);
}

/* By a pointer that moves on. */
void till_pointer(struct page **pages, int n)
{
	while (n--) {
		unpin_user_page(*pages);
		pages++;
	}
}

/* By a chain. */
void till_chain(struct scatterlist *sg)
{
	for (; sg; sg = sg_next(sg))
		unpin_user_page(sg_page(sg));
}

/* In steps of more than one: the pages between are not its own. */
void till_steps(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i += TILL_STEP)
		unpin_user_page(pages[i]);
}

void decoy_till_bvecs(struct bio_vec *bvecs, int n)
{
	while (n--)
		put_page(bvecs[n].bv_page);
}

/* Counts, and gives back on the way. */
unsigned int till_count(struct page **pages, unsigned int n)
{
	unsigned int left = 0;

	while (n) {
		struct page *page = pages[--n];

		if (PageDirty(page))
			left++;
		unpin_user_page(page);
	}
	return left;
}

/* Two arrays in one walk: none of them may be forgotten. */
void till_two(struct till *till, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		unpin_user_page(till->pages[i]);
		kfree(till->notes[i]);
	}
}

/* Only what is there, and the entry is emptied. */
void till_empty(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		if (pages[i]) {
			unpin_user_page(pages[i]);
			pages[i] = NULL;
		}
	}
}

/* A page in passing: the loop is about something else. */
int till_loop(struct till *till)
{
	while (till_next(till)) {
		struct page *page = till_page(till);

		if (!page)
			continue;
		if (till_bad(till)) {
			unpin_user_page(page);
			return -EINVAL;
		}
		till_add(till, page);
	}
	return 0;
}
