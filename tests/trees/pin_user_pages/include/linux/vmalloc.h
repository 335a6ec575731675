/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_VMALLOC_H
#define _MINI_LINUX_VMALLOC_H

#include <linux/types.h>

struct page;

extern void *vmalloc(unsigned long size);
extern void *vmalloc_user(unsigned long size);
extern void vfree(const void *addr);
extern struct page *vmalloc_to_page(const void *addr);

#endif
