/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_TYPES_H
#define _MINI_LINUX_TYPES_H

#include <linux/compiler.h>
#include <asm/bitsperlong.h>

#ifndef NULL
#define NULL ((void *)0)
#endif

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef int s32;
typedef long long s64;
typedef u8 __u8;
typedef u16 __u16;
typedef u32 __u32;
typedef u64 __u64;
typedef __SIZE_TYPE__ size_t;
#if BITS_PER_LONG == 64
typedef long ssize_t;
#else
typedef int ssize_t;
#endif
typedef long long loff_t;
typedef _Bool bool;
typedef unsigned int gfp_t;
typedef unsigned int fmode_t;
typedef unsigned long pgoff_t;
typedef u64 dma_addr_t;
typedef u64 phys_addr_t;
typedef unsigned int dev_t;

enum { false = 0, true = 1 };

typedef struct { int counter; } atomic_t;

struct list_head {
	struct list_head *next, *prev;
};

#endif
