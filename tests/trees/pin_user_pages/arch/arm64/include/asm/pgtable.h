/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_ARM64_INCLUDE_ASM_PGTABLE_H
#define _MINI_ARM64_INCLUDE_ASM_PGTABLE_H

struct page;

extern struct page *mini_zero_page;

#define ZERO_PAGE(vaddr)	((void)(vaddr), mini_zero_page)

#endif
