/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_POWERPC_MBOOK_H
#define _ASM_POWERPC_MBOOK_H

#include <linux/types.h>

long mbook_enter(unsigned long hva, bool writing);

#endif
