// SPDX-License-Identifier: GPL-2.0
/*
 * Mica: memory regions
 */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include "mica.h"

static void __mica_umem_release(struct mica_umem *umem, int dirty)
{
	struct scatterlist *sg;
	struct page *page;
	int i;

	for_each_sg(umem->sg_head.sgl, sg, umem->sg_nents, i) {
		page = sg_page(sg);
		if (umem->writable && dirty)
			put_user_pages_dirty_lock(&page, 1);
		else
			put_user_page(page);
	}
	sg_free_table(&umem->sg_head);
}

int mica_umem_get(struct mica_umem *umem, unsigned long addr, int npages)
{
	unsigned int flags = umem->writable ? FOLL_WRITE : 0;
	struct scatterlist *sg;
	struct page **page_list;
	int ret, i;

	page_list = (struct page **)__get_free_page(GFP_KERNEL);
	if (!page_list)
		return -ENOMEM;

	ret = sg_alloc_table(&umem->sg_head, npages, GFP_KERNEL);
	if (ret)
		goto out;

	sg = umem->sg_head.sgl;
	while (npages) {
		down_read(&current->mm->mmap_sem);
		ret = get_user_pages(addr,
				min_t(unsigned long, npages,
				      PAGE_SIZE / sizeof(struct page *)),
				flags | FOLL_LONGTERM, page_list, NULL);
		up_read(&current->mm->mmap_sem);
		if (ret < 0)
			goto umem_release;

		addr += ret * PAGE_SIZE;
		npages -= ret;
		for (i = 0; i < ret; i++) {
			sg_set_page(sg, page_list[i], PAGE_SIZE, 0);
			sg = sg_next(sg);
			umem->sg_nents++;
		}
	}
	ret = 0;
	goto out;

umem_release:
	__mica_umem_release(umem, 0);
out:
	free_page((unsigned long)page_list);
	return ret;
}
EXPORT_SYMBOL(mica_umem_get);

void mica_umem_release(struct mica_umem *umem)
{
	__mica_umem_release(umem, 1);
}
EXPORT_SYMBOL(mica_umem_release);

MODULE_LICENSE("GPL");
