/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_X86_INCLUDE_ASM_CURRENT_H
#define _MINI_X86_INCLUDE_ASM_CURRENT_H

struct task_struct;

struct task_struct *get_current(void);

#define current get_current()

#endif
