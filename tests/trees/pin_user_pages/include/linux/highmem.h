/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_HIGHMEM_H
#define _MINI_LINUX_HIGHMEM_H

#include <linux/mm.h>
#include <linux/uaccess.h>
#include <asm/kmap_size.h>

void *kmap(struct page *page);
void kunmap(struct page *page);
void *kmap_atomic(struct page *page);
void kunmap_atomic(void *addr);
void *kmap_local_page(struct page *page);
void kunmap_local(const void *addr);
void flush_dcache_page(struct page *page);

static inline int mini_kmap_slots(void)
{
	return KM_MAX_IDX;
}

#endif
