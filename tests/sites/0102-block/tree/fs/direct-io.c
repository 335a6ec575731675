// SPDX-License-Identifier: GPL-2.0-only
static inline int dio_refill_pages(struct dio *dio, struct dio_submit *sdio)
{
	ssize_t ret;

	ret = iov_iter_get_pages2(sdio->iter, dio->pages, LONG_MAX, DIO_PAGES,
				&sdio->from);
	return ret;
}

static void dio_bio_complete(struct dio *dio, struct bio *bio)
{
	if (dio->is_async && should_dirty) {
		bio_check_pages_dirty(bio);
	} else {
		bio_release_pages(bio, should_dirty);
		bio_put(bio);
	}
}
