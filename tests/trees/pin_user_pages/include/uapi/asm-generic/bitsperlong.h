/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_ASM_GENERIC_BITSPERLONG_H
#define _MINI_ASM_GENERIC_BITSPERLONG_H

#ifndef __BITS_PER_LONG
#define __BITS_PER_LONG 32
#endif
#define BITS_PER_LONG __BITS_PER_LONG

#endif
