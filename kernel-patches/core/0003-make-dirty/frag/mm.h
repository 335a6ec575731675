void put_user_pages_dirty_lock(struct page **pages, unsigned long npages,
			       bool make_dirty);
