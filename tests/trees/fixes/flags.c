// SPDX-License-Identifier: GPL-2.0
/* Flags that are truth values, or lack one. */
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/highmem.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

int quay_peek(unsigned long uaddr, int way)
{
	struct page *page;
	int count;

	if (get_user_pages_fast(uaddr, 1, way == 2, &page) != 1)	/* remedy: flags-boolean */
		return -EFAULT;
	count = page_count(page);
	put_page(page);
	return count;
}

int quay_peek_literal(unsigned long uaddr)
{
	struct page *page;
	int count;

	if (get_user_pages_fast(uaddr, 1, 1, &page) != 1)		/* remedy: flags-boolean */
		return -EFAULT;
	count = page_count(page);
	put_page(page);
	return count;
}

/* Which flags are these? */
int quay_peek_number(unsigned long uaddr)
{
	struct page *page;
	int count;

	if (get_user_pages_fast(uaddr, 1, 3, &page) != 1)		/* refused: which flags the number */
		return -EFAULT;
	count = page_count(page);
	put_page(page);
	return count;
}

int quay_wrote(unsigned long uaddr, const void *from, size_t n)
{
	struct page *page;
	char *at;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)		/* remedy: flags-write */
		return -EFAULT;
	at = kmap(page);
	memcpy(at + 16, from, n);
	kunmap(page);
	set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

/* It may be a page of a file that is only read. */
int quay_wrote_some(unsigned long uaddr, const void *from, size_t n)
{
	struct page *page;
	char *at;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)		/* refused: the pages are written on a condition */
		return -EFAULT;
	if (n > 4) {
		at = kmap(page);
		memcpy(at + 16, from, n);
		kunmap(page);
		set_page_dirty_lock(page);
	}
	put_page(page);
	return 0;
}

/* -- kept until another call drops them -- */

struct quay {
	struct list_head list;
	struct page **pages;
	unsigned long n;
};

static void quay_free(struct quay *quay)
{
	unpin_user_pages(quay->pages, quay->n);
	kvfree(quay->pages);
	kfree(quay);
}

int quay_store(struct list_head *quays, unsigned long uaddr, int n, int write)
{
	struct quay *quay = kzalloc(sizeof(*quay), GFP_KERNEL);
	int got;

	if (!quay)
		return -ENOMEM;
	quay->pages = kvmalloc_array(n, sizeof(*quay->pages), GFP_KERNEL);
	if (!quay->pages)
		goto free;
	got = pin_user_pages_fast(uaddr, n, write ? FOLL_FORCE : 0, quay->pages);	/* remedy: flags-longterm */
	if (got <= 0)
		goto free_pages;
	quay->n = got;
	list_add_tail(&quay->list, quays);
	return 0;
free_pages:
	kvfree(quay->pages);
free:
	kfree(quay);
	return -EFAULT;
}

int quay_remove(struct list_head *quays, unsigned long n)
{
	struct quay *quay;

	list_for_each_entry(quay, quays, list)
		if (quay->n == n) {
			list_del(&quay->list);
			quay_free(quay);
			return 0;
		}
	return -ENOENT;
}

static int quay_release(struct inode *inode, struct file *file)
{
	struct list_head *quays = file->private_data;
	struct quay *quay, *next;

	list_for_each_entry_safe(quay, next, quays, list)
		quay_free(quay);
	return 0;
}

const struct file_operations quay_fops = {
	.release = quay_release,
};
