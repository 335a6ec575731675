#include <linux/mm.h>

static void silt_put(struct page **pages, int n, bool dirty)
{
	unpin_user_pages_dirty_lock(pages, n, dirty);
}

void silt_flags(struct silt *silt)
{
	unpin_user_pages_dirty_lock(silt->pages, silt->n,
				    silt->flags & SILT_WRITTEN && !silt->error);
	silt->n = 0;
}

void silt_while(struct page **pages, unsigned int n, int written)
{
	unpin_user_pages_dirty_lock(pages, n, written > 0);
}

/* The condition is about the page. */
void silt_page(struct page **pages, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (!PageReserved(pages[i]))
			set_page_dirty_lock(pages[i]);
		unpin_user_page(pages[i]);
	}
}

/* The condition acts. */
void silt_acts(struct page **pages, unsigned int n, int left)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (left-- > 0)
			set_page_dirty_lock(pages[i]);
		unpin_user_page(pages[i]);
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
		unpin_user_page(pages[i]);
	}
}

void silt_while_left(struct bag *bag, unsigned int n, bool dirty)
{
	unpin_user_pages_dirty_lock(bag->pages, n, dirty);
}

void silt_rest(struct page **pages, unsigned int i, unsigned int n, bool dirty)
{
	if (i < n)
		unpin_user_pages_dirty_lock(&pages[i], n - i, dirty);
}

void silt_step(struct page **pages, int n, bool dirty)
{
	unpin_user_pages_dirty_lock(pages, n, dirty);
}

/* As each page says of itself. */
void keep_silt_entry(struct page **pages, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (!PageDirty(pages[i]))
			set_page_dirty_lock(pages[i]);
		unpin_user_page(pages[i]);
	}
}
