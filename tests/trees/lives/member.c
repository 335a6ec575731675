// SPDX-License-Identifier: GPL-2.0
/* Told apart by a function in a member, by a table of them, and by one that comes along. */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

struct canal;

struct canal_ops {
	void (*done)(struct canal *canal);
};

struct canal {
	const struct canal_ops *ops;
	void (*end)(struct canal *canal);
	struct page *page;
	struct page *spare;
	struct page *extra;
	int count;
};

void canal_submit(struct canal *canal);
int canal_put(int *count, void (*release)(int *count));

static void canal_cached_end(struct canal *canal)
{
	put_page(canal->page);		/* decoy */
	kfree(canal);
}

static void canal_direct_end(struct canal *canal)
{
	put_page(canal->page);		/* link */
	kfree(canal);
}

static void canal_cached_table(struct canal *canal)
{
	put_page(canal->spare);		/* decoy */
}

static void canal_direct_table(struct canal *canal)
{
	put_page(canal->spare);		/* link */
}

static const struct canal_ops canal_cached_ops = { .done = canal_cached_table };
static const struct canal_ops canal_direct_ops = { .done = canal_direct_table };

/* Handed an object of one way alone. */
static void canal_drop(struct canal *canal)
{
	put_page(canal->extra);		/* decoy */
}

int canal_cached(struct address_space *mapping)
{
	struct canal *canal = kzalloc(sizeof(*canal), GFP_KERNEL);

	if (!canal)
		return -ENOMEM;
	canal->end = canal_cached_end;
	canal->ops = &canal_cached_ops;
	canal->page = find_get_page(mapping, 0);
	canal->spare = find_get_page(mapping, 1);
	canal->extra = find_get_page(mapping, 2);
	if (!canal->spare)
		canal_drop(canal);
	canal_submit(canal);
	return 0;
}

int canal_direct(unsigned long uaddr)
{
	struct canal *canal = kzalloc(sizeof(*canal), GFP_KERNEL);

	if (!canal)
		return -ENOMEM;
	canal->end = canal_direct_end;
	canal->ops = &canal_direct_ops;
	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &canal->page) != 1)	/* unconverted */
		goto out;
	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &canal->spare) != 1)	/* unconverted */
		goto out_page;
	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &canal->extra) != 1)	/* unconverted */
		goto out_spare;
	put_page(canal->extra);		/* link */
	canal_submit(canal);
	return 0;
out_spare:
	put_page(canal->spare);		/* link */
out_page:
	put_page(canal->page);		/* link */
out:
	kfree(canal);
	return -EFAULT;
}
MODULE_LICENSE("GPL");
