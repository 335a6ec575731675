void dup_user_page(struct page *page);
