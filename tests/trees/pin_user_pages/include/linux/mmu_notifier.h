/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_MMU_NOTIFIER_H
#define _MINI_LINUX_MMU_NOTIFIER_H

#include <linux/mm_types.h>
#include <linux/list.h>

struct mmu_notifier;

struct mmu_notifier_range {
	struct mm_struct *mm;
	unsigned long start;
	unsigned long end;
	unsigned int flags;
};

struct mmu_notifier_ops {
	void (*release)(struct mmu_notifier *mn, struct mm_struct *mm);
	int (*invalidate_range_start)(struct mmu_notifier *mn,
				      const struct mmu_notifier_range *range);
};

struct mmu_notifier {
	const struct mmu_notifier_ops *ops;
};

int mmu_notifier_register(struct mmu_notifier *mn, struct mm_struct *mm);
void mmu_notifier_unregister(struct mmu_notifier *mn, struct mm_struct *mm);

#endif
