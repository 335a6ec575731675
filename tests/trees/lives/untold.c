// SPDX-License-Identifier: GPL-2.0
/* LIMIT: two completions, and yet mixed: what is not seen may be anything. */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

struct dredge {
	struct list_head list;
	void (*end)(struct dredge *dredge);
	struct page *listed;
	struct page *tabled;
	struct page *copied;
	struct page *opened;
};

struct dredge_hooks {
	void (*end)(struct dredge *dredge);
};

void dredge_submit(struct dredge *dredge);

static LIST_HEAD(dredges);

/* An object of any kind, in a list. */
void dredge_sweep(void)
{
	struct dredge *dredge;

	list_for_each_entry(dredge, &dredges, list)
		put_page(dredge->listed);	/* mixed */
}

static void dredge_cached_end(struct dredge *dredge)
{
	put_page(dredge->copied);		/* mixed */
	put_page(dredge->tabled);		/* mixed */
}

/* Others may call it, for any object. */
static void dredge_direct_end(struct dredge *dredge)
{
	put_page(dredge->tabled);		/* mixed */
}

const struct dredge_hooks dredge_hooks = { .end = dredge_direct_end };

/* So may they this. */
void dredge_open(struct dredge *dredge)
{
	put_page(dredge->opened);		/* mixed */
}

int dredge_cached(struct address_space *mapping)
{
	struct dredge *dredge = kzalloc(sizeof(*dredge), GFP_KERNEL);

	if (!dredge)
		return -ENOMEM;
	dredge->end = dredge_cached_end;
	dredge->listed = find_get_page(mapping, 0);
	dredge->tabled = find_get_page(mapping, 1);
	dredge->copied = find_get_page(mapping, 2);
	dredge->opened = find_get_page(mapping, 3);
	list_add(&dredge->list, &dredges);
	dredge_submit(dredge);
	return 0;
}

int dredge_direct(unsigned long uaddr, struct dredge *other)
{
	struct dredge *dredge = kzalloc(sizeof(*dredge), GFP_KERNEL);

	if (!dredge)
		return -ENOMEM;
	dredge->end = dredge_direct_end;
	get_user_pages_fast(uaddr, 1, FOLL_WRITE, &dredge->listed);	/* mixed */
	get_user_pages_fast(uaddr, 1, FOLL_WRITE, &dredge->tabled);	/* mixed */
	get_user_pages_fast(uaddr, 1, FOLL_WRITE, &dredge->copied);	/* mixed */
	get_user_pages_fast(uaddr, 1, FOLL_WRITE, &dredge->opened);	/* mixed */
	*other = *dredge;
	list_add(&dredge->list, &dredges);
	dredge_submit(dredge);
	return 0;
}
MODULE_LICENSE("GPL");
