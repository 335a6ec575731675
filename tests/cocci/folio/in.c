#include <linux/mm.h>

/* One reference of its own. */
void leaf_drop(struct leaf *leaf)
{
	folio_put(leaf->folio);
}

void leaf_drop_page(struct leaf *leaf, struct page *page)
{
	if (page)
		folio_put(page_folio(page));
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
		folio_put(folio);
	}
}

void decoy_leaf(struct address_space *mapping)
{
	struct folio *folio = filemap_get_folio(mapping, 0);

	folio_put(folio);
}
