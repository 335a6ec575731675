/**
 * put_user_pages_dirty_lock() - release, and perhaps dirty, an array of pages
 * @pages:      the pages, as they came from get_user_pages*()
 * @npages:     the number of pages; must not be a negative error code
 * @make_dirty: whether the pages were written to
 *
 * If @make_dirty is true, each page (or its head page, if it is part of a
 * compound page) that is not dirty already is marked dirty. In any case each
 * page is then released by put_user_page().
 *
 * set_page_dirty_lock() is used, as the caller usually has nothing that keeps
 * the mapping of the page alive. It may sleep; so may this function, if
 * @make_dirty is true.
 */
void put_user_pages_dirty_lock(struct page **pages, unsigned long npages,
			       bool make_dirty)
{
	unsigned long index;

	if (!make_dirty) {
		put_user_pages(pages, npages);
		return;
	}

	for (index = 0; index < npages; index++) {
		struct page *page = compound_head(pages[index]);

		/*
		 * PageDirty() may race with clear_page_dirty_for_io(). If the
		 * page is seen as dirty here and cleaned thereafter, it is
		 * about to be written, and what the device wrote is in it. If
		 * it is seen as clean, it is dirtied, and at worst written
		 * once too often.
		 */
		if (!PageDirty(page))
			set_page_dirty_lock(page);

		put_user_page(page);
	}
}
EXPORT_SYMBOL(put_user_pages_dirty_lock);
