// SPDX-License-Identifier: GPL-2.0
/*
 * Mpriv: buffers of a hypercall
 */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

struct mpriv_buf {
	unsigned long uptr;
	size_t size;
};

static int mpriv_lock_pages(struct mpriv_buf *bufs, unsigned int num,
			    struct page *pages[], unsigned int nr_pages)
{
	unsigned int i;

	for (i = 0; i < num; i++) {
		unsigned int requested;
		int pinned;

		requested = DIV_ROUND_UP(offset_in_page(bufs[i].uptr) +
					 bufs[i].size, PAGE_SIZE);
		if (requested > nr_pages)
			return -ENOSPC;

		pinned = get_user_pages_fast(bufs[i].uptr, requested,
					     FOLL_WRITE, pages);
		if (pinned < 0)
			return pinned;

		nr_pages -= pinned;
		pages += pinned;
	}
	return 0;
}

static void mpriv_unlock_pages(struct page *pages[], unsigned int nr_pages)
{
	unsigned int i;

	if (!pages)
		return;

	for (i = 0; i < nr_pages; i++) {
		if (pages[i])
			put_page(pages[i]);
	}
}

long mpriv_dm_op(struct mpriv_buf *bufs, unsigned int num)
{
	struct page **pages;
	unsigned int nr_pages = 0;
	unsigned int i;
	long rc;

	for (i = 0; i < num; i++)
		nr_pages += DIV_ROUND_UP(offset_in_page(bufs[i].uptr) +
					 bufs[i].size, PAGE_SIZE);

	pages = kcalloc(nr_pages, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;

	rc = mpriv_lock_pages(bufs, num, pages, nr_pages);
	if (!rc)
		pr_debug("mpriv: %u pages\n", nr_pages);

	mpriv_unlock_pages(pages, nr_pages);
	kfree(pages);
	return rc;
}
EXPORT_SYMBOL_GPL(mpriv_dm_op);

MODULE_LICENSE("GPL");
