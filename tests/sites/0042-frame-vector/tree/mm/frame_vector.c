int get_vaddr_frames(unsigned long start, struct frame_vector *vec)
{
	return get_user_pages_locked(start, 1, 0, (struct page **)vec->ptrs, &locked);
}

void put_vaddr_frames(struct frame_vector *vec)
{
	struct page **pages;
	int i;

	if (!vec->got_ref)
		return;
	pages = frame_vector_pages(vec);
	for (i = 0; i < vec->nr_frames; i++)
		put_page(pages[i]);
}
