int amdgpu_ttm_tt_get_user_pages(struct ttm_tt *ttm, struct page **pages)
{
	int r;

	if (mm == current->mm)
		r = get_user_pages(userptr, num_pages, flags, pages, NULL);
	else
		r = get_user_pages_remote(task, mm, userptr, num_pages, flags, pages);
	if (r >= 0)
		return 0;
	release_pages(pages, pinned);
	return r;
}

void amdgpu_ttm_tt_set_user_pages(struct ttm_tt *ttm, struct page **pages)
{
	unsigned i;

	for (i = 0; i < ttm->num_pages; ++i) {
		if (ttm->pages[i])
			put_page(ttm->pages[i]);
		ttm->pages[i] = pages ? pages[i] : NULL;
	}
}

void amdgpu_ttm_dummy_page(struct page *page)
{
	put_page(page);
}
