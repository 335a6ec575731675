
/**
 * dup_user_page() - take one more pin on a page
 * @page: a page that the caller has pinned already
 *
 * For a page that was pinned once, but that is going to be released by
 * unpin_user_page() more than once: for example by each of the bios that it
 * is in. An ordinary reference would keep the page, but not keep it pinned.
 *
 * Context: any, as nothing is looked up. A page that pin_user_pages*() does
 * not count, such as the zero page, is not counted here either.
 */
void dup_user_page(struct page *page)
{
	/* That fails for a page without a reference: then it is not ours. */
	WARN_ON_ONCE(!try_grab_page(page, FOLL_PIN));
}
EXPORT_SYMBOL_GPL(dup_user_page);
