// SPDX-License-Identifier: GPL-2.0
/* expected: pinned FOLL_WRITE | FOLL_LONGTERM */
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct replaced_table {
	struct page **pages;
	int nr;
	char *map;
};

void replaced_drop(struct replaced_table *table)
{
	int i;

	for (i = 0; i < table->nr; i++) {
		set_page_dirty_lock(table->pages[i]);
		put_page(table->pages[i]);
	}
	kfree(table->pages);
	table->pages = NULL;
	table->nr = 0;
}
EXPORT_SYMBOL_GPL(replaced_drop);

/* The pages of an earlier call go, and these come in their place. */
int replaced_set(struct replaced_table *table, unsigned long start, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	char *map;
	int i, got;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(start, nr, FOLL_WRITE, pages);
	if (got < 0)
		goto free_pages;
	if (got != nr)
		goto put_pages;
	map = vmap(pages, nr, VM_MAP, PAGE_KERNEL);
	if (!map)
		goto put_pages;
	memset(map, 0, 16);
	replaced_drop(table);
	table->map = map;
	table->pages = pages;
	table->nr = nr;
	return 0;

put_pages:
	for (i = 0; i < got; i++)
		put_page(pages[i]);
free_pages:
	kfree(pages);
	return -ENOMEM;
}
EXPORT_SYMBOL_GPL(replaced_set);
MODULE_LICENSE("GPL");
