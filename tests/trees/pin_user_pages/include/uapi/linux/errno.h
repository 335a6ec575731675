/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_X_U_ERRNO
#define _MINI_X_U_ERRNO

#include <asm/errno.h>

#endif
