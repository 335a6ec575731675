/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_EXPORT_H
#define _MINI_LINUX_EXPORT_H

#define EXPORT_SYMBOL(sym)	extern __typeof__(sym) sym
#define EXPORT_SYMBOL_GPL(sym)	EXPORT_SYMBOL(sym)

#endif
