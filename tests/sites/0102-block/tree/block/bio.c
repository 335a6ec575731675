// SPDX-License-Identifier: GPL-2.0-only
void __bio_release_pages(struct bio *bio, bool mark_dirty)
{
	struct folio_iter fi;

	for_each_folio(fi, bio) {
		nr_pages = (fi.offset + fi.length - 1) / PAGE_SIZE -
			   fi.offset / PAGE_SIZE + 1;
		folio_put_refs(fi.folio, nr_pages);
	}
}

void bio_iov_bvec_set(struct bio *bio, struct iov_iter *iter)
{
	bio_set_flag(bio, BIO_NO_PAGE_REF);
}

static int bio_iov_add_page(struct bio *bio, struct page *page)
{
	bool same_page = bio_try_merge(bio, page);

	if (same_page)
		put_page(page);
	return 0;
}

static int bio_iov_add_zone_append_page(struct bio *bio, struct page *page)
{
	bool same_page = bio_add_zone(bio, page);

	if (same_page)
		put_page(page);
	return 0;
}

#define PAGE_PTRS_PER_BVEC	2

/*
 * pages will have to be released using put_page() when done.
 */
static int __bio_iov_iter_get_pages(struct bio *bio, struct iov_iter *iter)
{
	size = iov_iter_get_pages2(iter, pages, UINT_MAX - bio->bi_iter.bi_size,
				  nr_pages, &offset);
	for (i = 0; i < nr_pages; i++)
		if (bio_iov_add_page(bio, pages[i]))
			break;
	while (i < nr_pages)
		put_page(pages[i++]);
	return 0;
}

int bio_iov_iter_get_pages(struct bio *bio, struct iov_iter *iter)
{
	int ret;

	do {
		ret = __bio_iov_iter_get_pages(bio, iter);
	} while (!ret && iov_iter_count(iter));
	return ret;
}

/*
 * here on.  It will run one put_page() against each page and will run one
 * bio_put() against the BIO.
 */
