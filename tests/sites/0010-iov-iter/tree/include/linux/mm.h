static inline void put_user_page(struct page *page)
{
	put_page(page);
}

static inline void dup_user_page(struct page *page)
{
	get_page(page);
}
