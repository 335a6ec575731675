
/**
 * put_user_page() - release a page that came from get_user_pages*()
 * @page: the page to be released
 *
 * A page that was obtained from a member of the get_user_pages*() family must
 * be released by put_user_page(), or by one of the put_user_pages*() routines
 * below: once for each time that it was handed out. A page that came from
 * anywhere else must not.
 *
 * put_user_page() and put_page() are not interchangeable, even though this
 * placeholder makes them look the same: it is there so that the callers can be
 * converted before such references are told apart from all others.
 */
static inline void put_user_page(struct page *page)
{
	put_page(page);
}

void put_user_pages(struct page **pages, unsigned long npages);
void put_user_pages_dirty_lock(struct page **pages, unsigned long npages,
			       bool make_dirty);
