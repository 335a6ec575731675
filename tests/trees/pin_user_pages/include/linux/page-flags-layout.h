/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_PAGE_FLAGS_LAYOUT_H
#define _MINI_LINUX_PAGE_FLAGS_LAYOUT_H

/* written by the build */
#include <generated/bounds.h>

#define FLAGS_LEFT	(8 * (int)sizeof(long) - NR_PAGEFLAGS)

#endif
