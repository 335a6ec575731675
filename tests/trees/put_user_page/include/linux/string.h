/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_STRING_H
#define _MINI_LINUX_STRING_H

#include <linux/types.h>

extern void *memcpy(void *to, const void *from, size_t n);
extern void *memset(void *to, int c, size_t n);
extern int memcmp(const void *a, const void *b, size_t n);

#endif
