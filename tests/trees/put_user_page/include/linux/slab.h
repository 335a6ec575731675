/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_SLAB_H
#define _MINI_LINUX_SLAB_H

#include <linux/gfp.h>

extern void *kmalloc(size_t size, gfp_t gfp);
extern void *kzalloc(size_t size, gfp_t gfp);
extern void *kcalloc(size_t n, size_t size, gfp_t gfp);
extern void *kmalloc_array(size_t n, size_t size, gfp_t gfp);
extern void *kvmalloc_array(size_t n, size_t size, gfp_t gfp);
extern void kfree(const void *p);
extern void kvfree(const void *p);

#endif
