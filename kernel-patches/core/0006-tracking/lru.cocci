// The words of a page that is freed are written to here.
@@
symbol page, pages_to_free;
@@
release_pages(...)
{
	<...
+	gup_pin_freed(page);
	list_add(&page->lru, &pages_to_free);
	...>
}

// Code that wants all pages on their LRU lists wants these, too.
@@
statement S;
@@
void lru_add_drain_all(void)
{
	...
	if (WARN_ON(!mm_percpu_wq)) S
+
+	gup_pin_drain_all();
	...
}
