void p9_release_pages(struct page **pages, int nr_pages);
