// SPDX-License-Identifier: GPL-2.0
/*
 * Sable: objects on top of user memory
 */
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include "sable_gem.h"

static int sable_userptr_get_pages(struct sable_gem_object *obj)
{
	int ret, pinned = 0, npages = obj->base.size >> PAGE_SHIFT;
	struct sable_userptr *userptr = &obj->userptr;
	struct page **pvec;

	if (userptr->mm != current->mm)
		return -EPERM;

	pvec = kvmalloc_array(npages, sizeof(struct page *), GFP_KERNEL);
	if (!pvec)
		return -ENOMEM;

	do {
		unsigned int num = npages - pinned;
		unsigned long ptr = userptr->ptr + pinned * PAGE_SIZE;
		struct page **pages = pvec + pinned;

		ret = get_user_pages_fast(ptr, num,
					  !userptr->ro ? FOLL_WRITE : 0, pages);
		if (ret < 0) {
			release_pages(pvec, pinned);
			kvfree(pvec);
			return ret;
		}

		pinned += ret;
	} while (pinned < npages);

	obj->pages = pvec;
	return 0;
}

static void sable_userptr_release(struct sable_gem_object *obj)
{
	if (obj->sgt) {
		sg_free_table(obj->sgt);
		kfree(obj->sgt);
	}
	if (obj->pages) {
		int npages = obj->base.size >> PAGE_SHIFT;

		release_pages(obj->pages, npages);
		kvfree(obj->pages);
	}
}

const struct sable_gem_ops sable_userptr_ops = {
	.get_pages = sable_userptr_get_pages,
	.release = sable_userptr_release,
};
