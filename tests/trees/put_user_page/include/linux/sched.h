/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_SCHED_H
#define _MINI_LINUX_SCHED_H

#include <linux/types.h>
#include <asm/current.h>

struct mm_struct;

struct task_struct {
	struct mm_struct *mm;
	int pid;
};

void cond_resched(void);

#endif
