/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_ARM64_MFLUSH_H
#define _ASM_ARM64_MFLUSH_H

int mflush_user_range(unsigned long addr);

#endif
