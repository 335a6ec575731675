// SPDX-License-Identifier: GPL-2.0-only
struct dio {
	bool should_dirty;
	union {
		struct page *pages[DIO_PAGES];	/* page buffer */
		struct work_struct complete_work;
	};
};

static inline unsigned dio_pages_present(struct dio_submit *sdio)
{
	return sdio->tail - sdio->head;
}

static inline int dio_refill_pages(struct dio *dio, struct dio_submit *sdio)
{
	ssize_t ret;

	ret = iov_iter_get_pages2(sdio->iter, dio->pages, LONG_MAX, DIO_PAGES,
				&sdio->from);

	if (ret < 0 && sdio->blocks_available) {
		struct page *page = ZERO_PAGE(0);

		get_page(page);
		dio->pages[0] = page;
		return 0;
	}
	return ret;
}

static inline void
dio_bio_alloc(struct dio *dio, struct dio_submit *sdio, sector_t first_sector)
{
	struct bio *bio = bio_alloc(1, GFP_KERNEL);

	bio->bi_iter.bi_sector = first_sector;
	sdio->bio = bio;
}

static inline void dio_cleanup(struct dio *dio, struct dio_submit *sdio)
{
	while (sdio->head < sdio->tail)
		put_page(dio->pages[sdio->head++]);
}

static inline int dio_bio_add_page(struct dio_submit *sdio)
{
	int ret;

	ret = bio_add_page(sdio->bio, sdio->cur_page);
	if (ret) {
		get_page(sdio->cur_page);
		ret = 0;
	}
	return ret;
}

static inline int
submit_page_section(struct dio *dio, struct dio_submit *sdio, struct page *page)
{
	if (sdio->cur_page) {
		dio_bio_add_page(sdio);
		put_page(sdio->cur_page);
	}
	get_page(page);		/* It is in dio */
	sdio->cur_page = page;
	return 0;
}

static int do_direct_IO(struct dio *dio, struct dio_submit *sdio)
{
	while (!sdio->done) {
		struct page *page = dio_get_page(dio, sdio);

		submit_page_section(dio, sdio, page);
		/* Drop the ref which was taken in get_user_pages() */
		put_page(page);
	}
	return 0;
}

ssize_t __blockdev_direct_IO(struct kiocb *iocb, struct iov_iter *iter)
{
	memset(dio, 0, offsetof(struct dio, pages));
	dio->should_dirty = user_backed_iter(iter) && iov_iter_rw(iter) == READ;
	return do_direct_IO(dio, &sdio);
}
