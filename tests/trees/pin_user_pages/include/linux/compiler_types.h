/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_COMPILER_TYPES_H
#define _MINI_LINUX_COMPILER_TYPES_H

#define __user
#define __iomem
#define __force
#define __bitwise
#define __must_check	__attribute__((warn_unused_result))
#define __always_unused	__attribute__((unused))
#define __maybe_unused	__attribute__((unused))
#define __used		__attribute__((used))
#define __packed	__attribute__((packed))
#define __printf(a, b)	__attribute__((format(printf, a, b)))
#define noinline	__attribute__((noinline))

#endif
