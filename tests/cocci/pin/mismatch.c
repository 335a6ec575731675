// The name of each function tells what mismatch.cocci has to say of it.

int told_pin_put(struct ladle *ladle)
{
	int i, n = pin_user_pages_fast(ladle->start, 8, 0, ladle->pages);

	for (i = 0; i < n; i++)
		put_page(ladle->pages[i]);
	return n;
}

int told_pin_put_one(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	ladle_fill(page);
	put_page(page);
	return 0;
}

int told_get_unpin(struct page **pages, unsigned long start)
{
	long i, n = get_user_pages_unlocked(start, 8, pages, 0);

	for (i = 0; i < n; i++)
		unpin_user_page(pages[i]);
	return n;
}

int told_get_unpin_one(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	return 0;
}

int told_get_unpin_pages(struct page **pages, unsigned long start)
{
	long n = get_user_pages_fast(start, 8, 0, pages);

	if (n > 0)
		unpin_user_pages(pages, n);
	return n;
}

int reported_get_unpin_dirty(struct page **pages, unsigned long start)
{
	long n = get_user_pages_fast(start, 8, FOLL_WRITE, pages);

	if (n > 0)
		unpin_user_pages_dirty_lock(pages, n, true);
	return n;
}

int right_pin(struct page **pages, unsigned long start)
{
	long i, n = pin_user_pages_fast(start, 8, 0, pages);

	for (i = 0; i < n; i++)
		unpin_user_page(pages[i]);
	unpin_user_pages(pages, n);
	return n;
}

int right_get(struct page **pages, unsigned long start)
{
	long i, n = get_user_pages_fast(start, 8, 0, pages);

	for (i = 0; i < n; i++)
		put_page(pages[i]);
	return n;
}

int right_of_another_array(struct page **pages, struct page **own, unsigned long start)
{
	long i, n = pin_user_pages_fast(start, 8, 0, pages);

	for (i = 0; i < n; i++)
		put_page(own[i]);
	return n;
}

int right_by_kind(struct page **pages, unsigned long start, bool pin)
{
	long i, n;

	if (pin)
		n = pin_user_pages_fast(start, 8, 0, pages);
	else
		n = get_user_pages_fast(start, 8, 0, pages);
	for (i = 0; i < n; i++) {
		if (pin)
			unpin_user_page(pages[i]);
		else
			put_page(pages[i]);
	}
	return n;
}

int right_a_reference_beside(struct page **pages, unsigned long start)
{
	long i, n = pin_user_pages_fast(start, 8, 0, pages);

	for (i = 0; i < n; i++)
		get_page(pages[i]);
	unpin_user_pages(pages, n);
	for (i = 0; i < n; i++)
		put_page(pages[i]);
	return n;
}

int right_another_page(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	page = alloc_page(GFP_KERNEL);
	put_page(page);
	return 0;
}
