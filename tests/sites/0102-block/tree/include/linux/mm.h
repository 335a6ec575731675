/* SPDX-License-Identifier: GPL-2.0-only */
void unpin_user_page_range_dirty_lock(struct page *page, unsigned long npages,
				      bool make_dirty);
