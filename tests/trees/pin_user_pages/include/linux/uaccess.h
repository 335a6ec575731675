/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_UACCESS_H
#define _MINI_LINUX_UACCESS_H

#include <linux/types.h>
#include <asm/uaccess.h>

unsigned long copy_to_user(void __user *to, const void *from, unsigned long n);
unsigned long copy_from_user(void *to, const void __user *from,
			     unsigned long n);

#define get_user(x, ptr) \
	(copy_from_user(&(x), (ptr), sizeof(x)) ? -EFAULT : 0)

#endif
