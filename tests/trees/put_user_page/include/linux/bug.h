/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_BUG_H
#define _MINI_LINUX_BUG_H

#define BUG()		__builtin_trap()
#define BUG_ON(c)	do { if (c) BUG(); } while (0)
#define WARN_ON(c)	({ int __w = !!(c); __w; })
#define WARN_ON_ONCE(c)	WARN_ON(c)

#endif
