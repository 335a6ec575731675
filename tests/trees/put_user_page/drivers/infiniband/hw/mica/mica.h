/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MICA_H
#define _MICA_H

#include <linux/scatterlist.h>

struct mica_umem {
	struct mm_struct *mm;
	struct sg_table sg_head;
	unsigned int sg_nents;
	bool writable;
};

int mica_umem_get(struct mica_umem *umem, unsigned long addr, int npages);
void mica_umem_release(struct mica_umem *umem);
int mica_get_user_pages(unsigned long start, size_t num_pages,
			struct page **p);
void mica_release_user_pages(struct page **p, size_t num_pages);
int mica_uiom_get_chunk(struct list_head *chunks, unsigned long addr);
void mica_uiom_release(struct list_head *chunks);

#endif
