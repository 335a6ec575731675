#include <linux/mm.h>

void lamp_list(struct scatterlist *list, int n)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(list, sg, n, i)
		unpin_user_page(sg_page(sg));
}

/* Steps over a scatterlist, page by page. */
void till_sg_pages(struct till *till)
{
	struct sg_page_iter iter;

	for_each_sg_page(till->list, &iter, till->nents, 0) {
		struct page *page = sg_page_iter_page(&iter);

		if (till->dirty)
			set_page_dirty_lock(page);
		unpin_user_page(page);
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
		unpin_user_page(bvec->bv_page);
	}
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

/* A list of ours, each with its page. */
void till_rows(struct till *till)
{
	struct till_row *row, *next;

	list_for_each_entry_safe(row, next, &till->rows, list) {
		list_del(&row->list);
		unpin_user_page(row->page);
		kfree(row);
	}
}

/* The iterator by hand. */
void till_iter_by_hand(struct till *till)
{
	struct sg_page_iter iter;

	__sg_page_iter_start(&iter, till->list, till->nents, 0);
	while (__sg_page_iter_next(&iter))
		unpin_user_page(sg_page_iter_page(&iter));
}
