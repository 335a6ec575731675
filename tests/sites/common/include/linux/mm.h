static inline void put_page(struct page *page)
{
	page_drop(page);
}

static inline void put_user_page(struct page *page)
{
	put_page(page);
}

static inline void dup_user_page(struct page *page)
{
	get_page(page);
}

static inline void user_page_to_ref(struct page *page)
{
	if (IS_ENABLED(CONFIG_GUP_PIN_TRACKING)) {
		get_page(page);
		put_user_page(page);
	}
}

void put_user_pages(struct page **pages, unsigned long npages);
void put_user_pages_dirty_lock(struct page **pages, unsigned long npages,
			       bool make_dirty);
