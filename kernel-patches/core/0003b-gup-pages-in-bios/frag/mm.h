
/**
 * dup_user_page() - take one more reference of the kind that gup hands out
 * @page: a page for which the caller holds such a reference already
 *
 * For a page that came from get_user_pages*() once, but that is going to be
 * released by put_user_page() more than once: for example by each of the bios
 * that it is in.
 */
static inline void dup_user_page(struct page *page)
{
	get_page(page);
}
