// SPDX-License-Identifier: GPL-2.0
/* As two_ways.c, but one function completes both: nothing tells them apart. */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct ferry {
	struct work_struct work;
	struct page *pages[8];
	int nr;
};

static void ferry_done(struct work_struct *work)
{
	struct ferry *ferry = container_of(work, struct ferry, work);
	int i;

	for (i = 0; i < ferry->nr; i++)
		put_page(ferry->pages[i]);	/* mixed */
	kfree(ferry);
}

static struct ferry *ferry_alloc(void)
{
	struct ferry *ferry = kzalloc(sizeof(*ferry), GFP_KERNEL);

	if (ferry)
		INIT_WORK(&ferry->work, ferry_done);
	return ferry;
}

int ferry_cached(struct address_space *mapping)
{
	struct ferry *ferry = ferry_alloc();

	if (!ferry)
		return -ENOMEM;
	ferry->pages[0] = find_get_page(mapping, 0);
	ferry->nr = 1;
	schedule_work(&ferry->work);
	return 0;
}

int ferry_direct(unsigned long uaddr)
{
	struct ferry *ferry = ferry_alloc();

	if (!ferry)
		return -ENOMEM;
	ferry->nr = get_user_pages_fast(uaddr, 8, FOLL_WRITE, ferry->pages);	/* mixed */
	schedule_work(&ferry->work);
	return 0;
}
MODULE_LICENSE("GPL");
