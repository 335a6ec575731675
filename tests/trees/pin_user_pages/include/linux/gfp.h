/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_GFP_H
#define _MINI_LINUX_GFP_H

#include <linux/types.h>

struct page;

#define GFP_KERNEL	0xcc0u
#define GFP_ATOMIC	0xa20u
#define __GFP_ZERO	0x100u
#define __GFP_HIGHMEM	0x2u

extern struct page *alloc_pages(gfp_t gfp, unsigned int order);
extern void __free_pages(struct page *page, unsigned int order);
extern unsigned long __get_free_page(gfp_t gfp);
extern void free_page(unsigned long addr);

#define alloc_page(gfp)		alloc_pages(gfp, 0)
#define __free_page(page)	__free_pages((page), 0)

#endif
