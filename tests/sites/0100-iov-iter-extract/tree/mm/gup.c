// SPDX-License-Identifier: GPL-2.0-only
bool __must_check try_grab_page(struct page *page, unsigned int flags)
{
	return page_ref_add_unless(page, flags & FOLL_PIN ? PIN_BIAS : 1, 0);
}

void unpin_user_pages(struct page **pages, unsigned long npages)
{
	while (npages)
		unpin_user_page(pages[--npages]);
}
EXPORT_SYMBOL(unpin_user_pages);
