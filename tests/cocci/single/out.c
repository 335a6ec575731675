#include <linux/mm.h>

/* The only page. */
void lamp_off(struct lamp *lamp)
{
	put_user_page(lamp->page);	/* back to its owner */
}

int lamp_swap(struct lamp *lamp, struct page *page)
{
	if (lamp->page)
		put_user_page(lamp->page);
	else
		lamp_note(lamp);
	lamp->page = page;
	return lamp_check(lamp) ? (put_user_page(page), -EIO) : 0;
}

/* A guard is kept, and so is the loop around it. */
void lamp_row(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++)
		if (pages[i])
			put_user_page(pages[i]);
}

/* The loop does more. */
void lamp_clear(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		put_user_page(pages[i]);
		pages[i] = NULL;
	}
}

void lamp_list(struct scatterlist *list, int n)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(list, sg, n, i)
		put_user_page(sg_page(sg));
}

void decoy_alloc(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	put_page(page);
}

/* spatch has no do loops: it is shown a while loop. */
void lamp_do(struct page **pages, unsigned int n)
{
	put_user_pages(pages, n);
}

/* One column too many: the operator goes to the next line. */
void till_wide(struct till *till, unsigned long j)
{
	if (till) {
		while (till->open) {
			if (till->more) {
				put_user_page(pfn_to_page(till->frame_numbers[j]
						>> TILL_SHIFT));
			}
		}
	}
}

/* Steps over a scatterlist, page by page. */
void till_sg_pages(struct till *till)
{
	struct sg_page_iter iter;

	for_each_sg_page(till->list, &iter, till->nents, 0) {
		struct page *page = sg_page_iter_page(&iter);

		if (till->dirty)
			set_page_dirty_lock(page);
		put_user_page(page);
	}
}

/* Over the segments of a bio, with the iterator of the time. */
void till_bio(struct bio *bio, bool dirty)
{
	struct bvec_iter_all iter_all;
	struct bio_vec *bvec;

	bio_for_each_segment_all(bvec, bio, iter_all) {
		if (dirty && !PageCompound(bvec->bv_page))
			set_page_dirty_lock(bvec->bv_page);
		put_user_page(bvec->bv_page);
	}
}

/* Over an array of bio vectors: its pages lie apart. */
void till_bvecs(struct bio_vec *bvecs, int n)
{
	int i;

	for (i = 0; i < n; i++)
		put_user_page(bvecs[i].bv_page);
}

/* By a pointer that moves on. */
void till_pointer(struct page **pages, int n)
{
	while (n--) {
		put_user_page(*pages);
		pages++;
	}
}

/* By a chain. */
void till_chain(struct scatterlist *sg)
{
	for (; sg; sg = sg_next(sg))
		put_user_page(sg_page(sg));
}

/* In steps of more than one: the pages between are not its own. */
void till_steps(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i += TILL_STEP)
		put_user_page(pages[i]);
}

/* The same shapes with pages of their own. */
void decoy_till_sg_pages(struct till *till)
{
	struct sg_page_iter iter;

	for_each_sg_page(till->list, &iter, till->nents, 0)
		put_page(sg_page_iter_page(&iter));
}

void decoy_till_bio(struct bio *bio)
{
	struct bvec_iter_all iter_all;
	struct bio_vec *bvec;

	bio_for_each_segment_all(bvec, bio, iter_all)
		put_page(bvec->bv_page);
}

void decoy_till_bvecs(struct bio_vec *bvecs, int n)
{
	while (n--)
		put_page(bvecs[n].bv_page);
}
