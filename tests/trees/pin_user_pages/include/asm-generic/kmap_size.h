/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_ASM_GENERIC_KMAP_SIZE_H
#define _MINI_ASM_GENERIC_KMAP_SIZE_H

#define KM_MAX_IDX 16

#endif
