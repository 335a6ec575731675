
/**
 * user_page_to_ref() - exchange a gup reference for an ordinary one
 * @page: a page for which the caller holds a reference of get_user_pages*()
 *
 * For somebody who neither writes to the page nor has a device do so, and
 * hands it to others who are going to call put_page().
 */
static inline void user_page_to_ref(struct page *page)
{
	get_page(page);
	put_user_page(page);
}
