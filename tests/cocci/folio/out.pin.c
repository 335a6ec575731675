#include <linux/mm.h>

/* One reference of its own. */
void leaf_drop(struct leaf *leaf)
{
	unpin_user_folio(leaf->folio, 1);
}

void leaf_drop_page(struct leaf *leaf, struct page *page)
{
	if (page)
		unpin_user_folio(page_folio(page), 1);
	else
		leaf_note(leaf);
}

/* A walk over pages, by their folios. */
void leaf_walk(struct page **pages, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		struct folio *folio = page_folio(pages[i]);

		folio_mark_dirty(folio);
		unpin_user_folio(folio, 1);
	}
}

void decoy_leaf(struct address_space *mapping)
{
	struct folio *folio = filemap_get_folio(mapping, 0);

	folio_put(folio);
}
