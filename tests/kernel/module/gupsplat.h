/* SPDX-License-Identifier: GPL-2.0 */
#ifndef GUPSPLAT_H
#define GUPSPLAT_H

#include <linux/ioctl.h>

/* Faults of the gupsplat module, on demand. */
#define GUPSPLAT(what)	_IO('p', what)

enum {
	SPLAT_WARN,
	SPLAT_LOCKDEP,
	SPLAT_ATOMIC_SLEEP,
	SPLAT_DEBUG_VM,
	SPLAT_LIST,
	SPLAT_BUG,
	SPLAT_KASAN,
};

#endif
