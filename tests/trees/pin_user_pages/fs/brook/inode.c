// SPDX-License-Identifier: GPL-2.0
/*
 * Brook: pages of the page cache. None of them came from user memory.
 */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/string.h>
#include <linux/uio.h>
#include "brook.h"

int brook_readlink_page(struct inode *inode, char *to, size_t len)
{
	struct page *page;
	void *from;

	page = read_mapping_page(inode->i_mapping, 0, NULL);
	if (IS_ERR(page))
		return PTR_ERR(page);
	from = kmap_local_page(page);
	memcpy(to, from, min_t(size_t, len, PAGE_SIZE));
	kunmap_local(from);
	put_page(page);
	return 0;
}

void brook_forget_range(struct inode *inode, pgoff_t from, pgoff_t to)
{
	struct page *pages[16];
	int i, nr = 0;

	for (; from < to && nr < ARRAY_SIZE(pages); from++) {
		struct page *page = find_get_page(inode->i_mapping, from);

		if (page)
			pages[nr++] = page;
	}

	/* looks just like a gup release loop */
	for (i = 0; i < nr; i++) {
		set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
}
EXPORT_SYMBOL_GPL(brook_forget_range);

static ssize_t brook_iter(struct kiocb *iocb, struct iov_iter *iter)
{
	struct page *page;

	page = find_lock_page(iocb->ki_filp->f_mapping, 0);
	if (page) {
		unlock_page(page);
		folio_put(page_folio(page));
	}
	return brook_direct_io(iocb, iter);
}

const struct file_operations brook_file_ops = {
	.owner = THIS_MODULE,
	.read_iter = brook_iter,
	.write_iter = brook_iter,
};

MODULE_LICENSE("GPL");
