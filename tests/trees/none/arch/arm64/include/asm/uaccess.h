/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_ARM64_INCLUDE_ASM_UACCESS_H
#define _MINI_ARM64_INCLUDE_ASM_UACCESS_H

#define VERIFY_READ	0
#define VERIFY_WRITE	1

int access_ok(int type, const void __user *addr, unsigned long size);

#endif
