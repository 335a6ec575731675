/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_KERNEL_H
#define _MINI_LINUX_KERNEL_H

#include <linux/types.h>
#include <linux/errno.h>
#include <linux/bug.h>

#define KERN_ERR	"\0013"
#define KERN_WARNING	"\0014"
#define KERN_INFO	"\0016"

#define ARRAY_SIZE(a)		(sizeof(a) / sizeof((a)[0]))
#define DIV_ROUND_UP(n, d)	(((n) + (d) - 1) / (d))
#define ALIGN(x, a)		(((x) + ((__typeof__(x))(a) - 1)) & ~((__typeof__(x))(a) - 1))
#define min_t(t, a, b)		((t)(a) < (t)(b) ? (t)(a) : (t)(b))
#define max_t(t, a, b)		((t)(a) > (t)(b) ? (t)(a) : (t)(b))
#define min(a, b)		((a) < (b) ? (a) : (b))

#define container_of(ptr, type, member) \
	((type *)((char *)(ptr) - offsetof(type, member)))

extern __printf(1, 2) int printk(const char *fmt, ...);

#define pr_err(fmt, ...)	printk(KERN_ERR fmt, ##__VA_ARGS__)
#define pr_warn(fmt, ...)	printk(KERN_WARNING fmt, ##__VA_ARGS__)
#define pr_info(fmt, ...)	printk(KERN_INFO fmt, ##__VA_ARGS__)
#define pr_debug(fmt, ...)	do { } while (0)

static inline void *u64_to_user_ptr(u64 addr)
{
	return (void __user *)(unsigned long)addr;
}

#endif
