// SPDX-License-Identifier: GPL-2.0-only
/* Pins in a list of objects, released by a work item; all of it is right. */
#include <linux/err.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct heron {
	struct list_head node;
	struct page **pages;
	long count;
};

struct heronry {
	struct list_head nests;
	struct work_struct work;
	long limit;
};

static struct page **heron_pages(unsigned long start, long count)
{
	struct page **pages = kcalloc(count, sizeof(*pages), GFP_KERNEL);
	long got;

	if (!pages)
		return ERR_PTR(-ENOMEM);
	got = pin_user_pages_fast(start, count, FOLL_WRITE | FOLL_LONGTERM, pages);
	if (got == count)
		return pages;
	if (got > 0)
		unpin_user_pages(pages, got);		/* short */
	kfree(pages);
	return ERR_PTR(-EFAULT);
}

int heronry_land(struct heronry *heronry, unsigned long start, long count)
{
	struct page **pages = heron_pages(start, count);
	struct heron *heron;
	int ret = 0;

	if (IS_ERR(pages))
		return PTR_ERR(pages);
	heron = kzalloc(sizeof(*heron), GFP_KERNEL);
	if (!heron) {
		ret = -ENOMEM;
		goto unpin;
	}
	if (count > heronry->limit) {
		ret = -E2BIG;
		goto free;
	}
	heron->pages = pages;
	heron->count = count;
	list_add_tail(&heron->node, &heronry->nests);
	return 0;
free:
	kfree(heron);
unpin:
	unpin_user_pages(pages, count);			/* refused */
	kfree(pages);
	return ret;
}

static void heron_fly(struct heron *heron)
{
	unpin_user_pages_dirty_lock(heron->pages, heron->count, true);	/* flown */
	kfree(heron->pages);
	kfree(heron);
}

static void heronry_work(struct work_struct *work)
{
	struct heronry *heronry = container_of(work, struct heronry, work);
	struct heron *heron, *next;

	list_for_each_entry_safe(heron, next, &heronry->nests, node) {
		list_del(&heron->node);
		heron_fly(heron);
	}
}

void heronry_open(struct heronry *heronry)
{
	INIT_LIST_HEAD(&heronry->nests);
	INIT_WORK(&heronry->work, heronry_work);
}

void heronry_startle(struct heronry *heronry)
{
	schedule_work(&heronry->work);
}

MODULE_LICENSE("GPL");
