// SPDX-License-Identifier: GPL-2.0
/* Pages that are handed on one by one, until something fails; with twins that are right. */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct queue;

int queue_add(struct queue *queue, struct page *page);
void *queue_slot(struct queue *queue);

/* The pages behind the one that was refused are lost. */
int queue_left(struct queue *queue, unsigned long uaddr)
{
	struct page *pages[8];
	int got = get_user_pages_fast(uaddr, 8, 0, pages), i, ret = 0;

	if (got <= 0)
		return -EFAULT;
	for (i = 0; i < got; i++) {
		ret = queue_add(queue, pages[i]);
		if (ret < 0)
			return ret;		/* finding: unreleased */
	}
	return 0;
}

int queue_left_by_goto(struct queue *queue, unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	int got, i, ret;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, nr, 0, pages);
	if (got <= 0) {
		ret = -EFAULT;
		goto out;
	}
	ret = 0;
	for (i = 0; i < got; i++) {
		struct page *page = pages[i];

		ret = queue_add(queue, page);
		if (ret < 0)
			goto out;
	}
out:
	kfree(pages);				/* finding: unreleased */
	return ret;
}

/* All that is left is released. */
int queue_rest_released(struct queue *queue, unsigned long uaddr)
{
	struct page *pages[8];
	int got = get_user_pages_fast(uaddr, 8, 0, pages), i, ret = 0;

	if (got <= 0)
		return -EFAULT;
	for (i = 0; i < got; i++) {
		ret = queue_add(queue, pages[i]);
		if (ret < 0)
			goto failed;
	}
	return 0;
failed:
	while (i < got)
		put_page(pages[i++]);
	return ret;
}

/* The loop has come to its end: all have gone, whatever fails then. */
int queue_all_gone(struct queue *queue, unsigned long uaddr)
{
	struct page *pages[8];
	int got = get_user_pages_fast(uaddr, 8, 0, pages), i;

	if (got <= 0)
		return -EFAULT;
	for (i = 0; i < got; i++)
		queue_add(queue, pages[i]);
	if (!queue_slot(queue))
		return -ENOMEM;
	return 0;
}

/* It is left because nothing more is to be done: that is no failure. */
int queue_enough(struct queue *queue, unsigned long uaddr, int bytes)
{
	struct page *pages[8];
	int got = get_user_pages_fast(uaddr, 8, 0, pages), i;

	if (got <= 0)
		return -EFAULT;
	for (i = 0; i < got; i++) {
		queue_add(queue, pages[i]);
		bytes -= PAGE_SIZE;
		if (bytes <= 0)
			break;
	}
	if (!queue_slot(queue))
		return -ENOMEM;
	return 0;
}
