
/* The pages of this bio come from get_user_pages*(). */
static inline void bio_set_gup_pages(struct bio *bio)
{
	/* No bit of the bvec pool, and forgotten by bio_reset() */
	BUILD_BUG_ON(BIO_GUP_PAGES >= BVEC_POOL_OFFSET);
	BUILD_BUG_ON(BIO_GUP_PAGES >= BIO_RESET_BITS);
	if (IS_ENABLED(CONFIG_GUP_PIN_TRACKING))
		bio_set_flag(bio, BIO_GUP_PAGES);
}

static inline bool bio_gup_pages(struct bio *bio)
{
	return IS_ENABLED(CONFIG_GUP_PIN_TRACKING) &&
	       bio_flagged(bio, BIO_GUP_PAGES);
}

/* Release one page of a bio, in the way that it was obtained. */
static inline void bio_put_page(struct bio *bio, struct page *page)
{
	if (bio_gup_pages(bio))
		put_user_page(page);
	else
		put_page(page);
}
