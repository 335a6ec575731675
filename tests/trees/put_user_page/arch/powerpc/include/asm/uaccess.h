/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_POWERPC_INCLUDE_ASM_UACCESS_H
#define _MINI_POWERPC_INCLUDE_ASM_UACCESS_H

int access_ok(const void __user *addr, unsigned long size);

#endif
