// SPDX-License-Identifier: GPL-2.0-only
void iomap_dio_bio_end_io(struct bio *bio)
{
	if (should_dirty(bio)) {
		bio_check_pages_dirty(bio);
	} else {
		bio_release_pages(bio, false);
		bio_put(bio);
	}
}

static void iomap_dio_zero(struct bio *bio)
{
	struct page *page = ZERO_PAGE(0);

	get_page(page);
	__bio_add_page(bio, page, 512, 0);
}
