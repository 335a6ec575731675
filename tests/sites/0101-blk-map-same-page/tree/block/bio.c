// SPDX-License-Identifier: GPL-2.0-only
static int __bio_iov_iter_get_pages(struct bio *bio, struct iov_iter *iter)
{
	size = iov_iter_get_pages2(iter, pages, UINT_MAX - bio->bi_iter.bi_size,
				  nr_pages, &offset);
	return size;
}
