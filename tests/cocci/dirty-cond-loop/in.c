#include <linux/mm.h>

static void silt_put(struct page **pages, int n, bool dirty)
{
	int i;

	for (i = 0; i < n; i++) {
		if (dirty)
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
}

void silt_flags(struct silt *silt)
{
	struct page *page;
	int i;

	for (i = 0; i < silt->n; i++) {
		page = silt->pages[i];
		if (silt->flags & SILT_WRITTEN && !silt->error) {
			set_page_dirty_lock(page);
		}
		put_page(page);
	}
	silt->n = 0;
}

void silt_while(struct page **pages, unsigned int n, int written)
{
	while (n--) {
		if (written > 0)
			set_page_dirty_lock(pages[n]);
		put_page(pages[n]);
	}
}

/* The condition is about the page. */
void silt_page(struct page **pages, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (!PageReserved(pages[i]))
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
}

/* The condition acts. */
void silt_acts(struct page **pages, unsigned int n, int left)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (left-- > 0)
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
}

/* One of two ways. */
void silt_else(struct page **pages, unsigned int n, bool dirty)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (dirty)
			set_page_dirty_lock(pages[i]);
		else
			silt_note(pages[i]);
		put_page(pages[i]);
	}
}

void silt_while_left(struct bag *bag, unsigned int n, bool dirty)
{
	struct page *page;

	while (n > 0) {
		page = bag->pages[--n];
		if (dirty)
			set_page_dirty_lock(page);
		put_page(page);
	}
}

void silt_rest(struct page **pages, unsigned int i, unsigned int n, bool dirty)
{
	for (; i < n; i++) {
		if (dirty)
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
}

void silt_step(struct page **pages, int n, bool dirty)
{
	while (n > 0) {
		n--;
		if (dirty)
			set_page_dirty_lock(pages[n]);
		put_page(pages[n]);
	}
}

/* As each page says of itself. */
void keep_silt_entry(struct page **pages, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (!PageDirty(pages[i]))
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
}
