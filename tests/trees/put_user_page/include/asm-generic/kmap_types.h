/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_ASM_GENERIC_KMAP_TYPES_H
#define _MINI_ASM_GENERIC_KMAP_TYPES_H

#define KM_TYPE_NR 20

#endif
