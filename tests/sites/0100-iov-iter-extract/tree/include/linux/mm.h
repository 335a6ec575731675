/* SPDX-License-Identifier: GPL-2.0-only */
bool __must_check try_grab_page(struct page *page, unsigned int flags);

void unpin_user_page(struct page *page);
void unpin_user_pages(struct page **pages, unsigned long npages);
