// SPDX-License-Identifier: GPL-2.0-only
static int bio_map_user_iov(struct request *rq, struct iov_iter *iter)
{
	while (iov_iter_count(iter)) {
		bytes = iov_iter_get_pages_alloc2(iter, &pages, LONG_MAX, &offs);
		if (aligned(offs)) {
			for (j = 0; j < npages; j++) {
				bool same_page = false;

				if (!bio_add_hw_page(rq->q, bio, page, n, offs,
						     max_sectors, &same_page)) {
					if (same_page)
						put_page(page);
					break;
				}
				offs = 0;
			}
		}
		while (j < npages)
			put_page(pages[j++]);
	}
	return 0;
}
