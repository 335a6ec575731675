/* SPDX-License-Identifier: GPL-2.0-only */
void dup_user_page(struct page *page);
