// SPDX-License-Identifier: GPL-2.0
/*
 * A write request that is filled from the page cache by one path and from user
 * memory by another, each with its own completion: the allocator is told which.
 */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct barge {
	struct work_struct work;
	struct list_head list;
	struct page **pages;
	int nr;
};

static struct barge *barge_around(struct page **pages, int nr, work_func_t complete)
{
	struct barge *barge = kzalloc(sizeof(*barge), GFP_KERNEL);

	if (!barge)
		return NULL;
	barge->pages = pages;
	barge->nr = nr;
	INIT_LIST_HEAD(&barge->list);
	INIT_WORK(&barge->work, complete);
	return barge;
}

static struct barge *barge_alloc(int nr, work_func_t complete)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);

	return pages ? barge_around(pages, nr, complete) : NULL;
}

static void barge_free(struct barge *barge)
{
	kfree(barge->pages);
	kfree(barge);
}

static void barge_cached_done(struct work_struct *work)
{
	struct barge *barge = container_of(work, struct barge, work);
	int i;

	for (i = 0; i < barge->nr; i++)
		put_page(barge->pages[i]);	/* decoy */
	barge_free(barge);
}

static void barge_direct_done(struct work_struct *work)
{
	struct barge *barge = container_of(work, struct barge, work);
	int i;

	for (i = 0; i < barge->nr; i++)
		put_page(barge->pages[i]);	/* link */
	barge_free(barge);
}

int barge_cached(struct address_space *mapping, int nr)
{
	struct barge *barge = barge_alloc(nr, barge_cached_done);
	int i;

	if (!barge)
		return -ENOMEM;
	for (i = 0; i < nr; i++) {
		barge->pages[i] = find_get_page(mapping, i);
		if (!barge->pages[i])
			goto out;
	}
	schedule_work(&barge->work);
	return 0;
out:
	while (--i >= 0)
		put_page(barge->pages[i]);	/* decoy */
	barge_free(barge);
	return -EIO;
}

int barge_direct(unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	struct barge *barge;
	int got;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, nr, FOLL_WRITE, pages);	/* unconverted */
	if (got <= 0) {
		kfree(pages);
		return got;
	}
	barge = barge_around(pages, got, barge_direct_done);
	if (!barge) {
		while (--got >= 0)
			put_page(pages[got]);	/* link */
		kfree(pages);
		return -ENOMEM;
	}
	schedule_work(&barge->work);
	return 0;
}
MODULE_LICENSE("GPL");
