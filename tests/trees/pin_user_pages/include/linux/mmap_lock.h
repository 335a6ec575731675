/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_MMAP_LOCK_H
#define _MINI_LINUX_MMAP_LOCK_H

#include <linux/mm_types.h>

static inline void mmap_read_lock(struct mm_struct *mm)
{
	down_read(&mm->mmap_lock);
}

static inline void mmap_read_unlock(struct mm_struct *mm)
{
	up_read(&mm->mmap_lock);
}

#endif
