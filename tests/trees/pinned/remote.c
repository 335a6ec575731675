// SPDX-License-Identifier: GPL-2.0
/* expected: pinned FOLL_WRITE */
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

int remote_poke(struct mm_struct *mm, unsigned long addr, int value)
{
	struct page *page;
	char *kaddr;
	long got;

	mmap_read_lock(mm);
	got = get_user_pages_remote(mm, addr, 1, FOLL_WRITE, &page, NULL);
	mmap_read_unlock(mm);
	if (got != 1)
		return -EFAULT;
	kaddr = kmap(page);
	kaddr[0] = value;
	kunmap(page);
	set_page_dirty_lock(page);
	put_page(page);
	return 0;
}
EXPORT_SYMBOL_GPL(remote_poke);
MODULE_LICENSE("GPL");
