
/* The pages of this bio come from get_user_pages*(). */
static inline void bio_set_gup_pages(struct bio *bio)
{
#ifdef CONFIG_GUP_PIN_TRACKING
	/* Forgotten by bio_reset() */
	BUILD_BUG_ON(offsetof(struct bio, bi_gup_pages) >= BIO_RESET_BYTES);
	bio->bi_gup_pages = true;
#endif
}

static inline bool bio_gup_pages(struct bio *bio)
{
#ifdef CONFIG_GUP_PIN_TRACKING
	return bio->bi_gup_pages;
#else
	return false;
#endif
}

/* Release one page of a bio, in the way that it was obtained. */
static inline void bio_put_page(struct bio *bio, struct page *page)
{
	if (bio_gup_pages(bio))
		put_user_page(page);
	else
		put_page(page);
}
