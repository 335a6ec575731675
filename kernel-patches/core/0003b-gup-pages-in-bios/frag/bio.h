
/* Release one page of a bio, in the way that it was obtained. */
static inline void bio_put_page(struct bio *bio, struct page *page)
{
	if (bio_flagged(bio, BIO_GUP_PAGES))
		put_user_page(page);
	else
		put_page(page);
}
