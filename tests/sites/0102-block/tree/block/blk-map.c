// SPDX-License-Identifier: GPL-2.0-only
static int bio_map_user_iov(struct request *rq, struct iov_iter *iter,
		gfp_t gfp_mask)
{
	bio = blk_rq_map_bio_alloc(rq, nr_vecs, gfp_mask);
	if (bio == NULL)
		return -ENOMEM;

	while (iov_iter_count(iter)) {
		if (nr_vecs <= ARRAY_SIZE(stack_pages)) {
			pages = stack_pages;
			bytes = iov_iter_get_pages2(iter, pages, LONG_MAX,
							nr_vecs, &offs);
		} else {
			bytes = iov_iter_get_pages_alloc2(iter, &pages,
							LONG_MAX, &offs);
		}
		if (aligned(offs)) {
			for (j = 0; j < npages; j++) {
				if (!bio_add_hw_page(rq->q, bio, page, n, offs))
					break;
				if (same_page)
					put_page(page);
			}
		}
		while (j < npages)
			put_page(pages[j++]);
	}
	return 0;
}

int blk_rq_map_user_iov(struct request *rq, const struct iov_iter *iter)
{
	if (iov_iter_is_bvec(iter))
		map_bvec = true;
	else if (!iter_is_iovec(iter))
		copy = true;
	return copy;
}
