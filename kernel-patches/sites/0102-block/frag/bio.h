
/* bi_flags has a bit for each of them. */
static_assert(BIO_FLAG_LAST <= 8 * sizeof_field(struct bio, bi_flags));

/**
 * bio_page_flags() - how are the pages of an iterator to be released?
 * @iter: the iterator that bio_iov_extract_pages() takes them of
 *
 * Return: the flags for a bio with such pages: BIO_PAGE_PINNED, as mask, if
 * unpin_user_page() releases them; BIO_NO_PAGE_REF if somebody else takes
 * care of them. A bio with neither has ordinary references.
 */
static inline unsigned short bio_page_flags(const struct iov_iter *iter)
{
	if (iov_iter_extract_will_pin(iter))
		return 1U << BIO_PAGE_PINNED;
	return 1U << BIO_NO_PAGE_REF;
}

/* Release one page, which has not become part of @bio, as its flags tell. */
static inline void bio_put_page(struct bio *bio, struct page *page)
{
	if (bio_flagged(bio, BIO_PAGE_PINNED))
		unpin_user_page(page);
	else if (!bio_flagged(bio, BIO_NO_PAGE_REF))
		put_page(page);
}
