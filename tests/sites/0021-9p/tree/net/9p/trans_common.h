void p9_release_pages(struct page **, int);
