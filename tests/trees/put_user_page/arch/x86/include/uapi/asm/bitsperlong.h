/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_X_X86_BITS
#define _MINI_X_X86_BITS

#define __BITS_PER_LONG 64

#include <asm-generic/bitsperlong.h>

#endif
