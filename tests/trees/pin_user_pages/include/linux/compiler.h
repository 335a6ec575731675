/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_COMPILER_H
#define _MINI_LINUX_COMPILER_H

#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)
#define READ_ONCE(x)	(*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, v) (*(volatile __typeof__(x) *)&(x) = (v))
#define offsetof(t, m)	__builtin_offsetof(t, m)

#endif
