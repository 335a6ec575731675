// SPDX-License-Identifier: GPL-2.0
/*
 * Mica: page arrays for the receive queues
 */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include "mica.h"

static void __mica_release_user_pages(struct page **p, size_t num_pages,
				      int dirty)
{
	if (dirty)
		put_user_pages_dirty_lock(p, num_pages);
	else
		put_user_pages(p, num_pages);
}

/*
 * Pin all of [start, start + num_pages) or nothing.
 */
int mica_get_user_pages(unsigned long start, size_t num_pages,
			struct page **p)
{
	size_t got;
	int ret;

	down_read(&current->mm->mmap_sem);
	for (got = 0; got < num_pages; got += ret) {
		ret = get_user_pages(start + got * PAGE_SIZE,
				     num_pages - got,
				     FOLL_LONGTERM | FOLL_WRITE | FOLL_FORCE,
				     p + got, NULL);
		if (ret < 0) {
			up_read(&current->mm->mmap_sem);
			goto bail_release;
		}
	}
	up_read(&current->mm->mmap_sem);
	return 0;

bail_release:
	__mica_release_user_pages(p, got, 0);
	return ret;
}
EXPORT_SYMBOL(mica_get_user_pages);

void mica_release_user_pages(struct page **p, size_t num_pages)
{
	__mica_release_user_pages(p, num_pages, 1);
}
EXPORT_SYMBOL(mica_release_user_pages);

MODULE_LICENSE("GPL");
