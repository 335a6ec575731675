/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _LINUX_MPROBES_H
#define _LINUX_MPROBES_H

struct mm_struct;

int mprobe_write(struct mm_struct *mm, unsigned long vaddr);

#endif
