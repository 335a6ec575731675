
/**
 * user_page_to_ref() - exchange a gup reference for an ordinary one
 * @page: a page for which the caller holds a reference of get_user_pages*()
 *
 * For somebody who neither writes to the page nor has a device do so, and
 * hands it to others who are going to call put_page().
 */
static inline void user_page_to_ref(struct page *page)
{
	/* Where nobody counts, the two are the same */
	if (IS_ENABLED(CONFIG_GUP_PIN_TRACKING)) {
		get_page(page);
		put_user_page(page);
	}
}

/**
 * iov_iter_put_page() - release a page of an iterator
 * @page: a page that iov_iter_get_pages() or iov_iter_get_pages_alloc() gave
 * @use_gup: what iov_iter_uses_gup() said of the iterator
 */
static inline void iov_iter_put_page(struct page *page, bool use_gup)
{
	if (IS_ENABLED(CONFIG_GUP_PIN_TRACKING) && use_gup)
		put_user_page(page);
	else
		put_page(page);
}

/**
 * iov_iter_put_pages() - release pages of an iterator
 * @pages: the pages
 * @npages: how many they are
 * @use_gup: what iov_iter_uses_gup() said of the iterator
 */
static inline void iov_iter_put_pages(struct page **pages,
				      unsigned long npages, bool use_gup)
{
	unsigned long n;

	for (n = 0; n < npages; n++)
		iov_iter_put_page(pages[n], use_gup);
}
