/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_SPINLOCK_H
#define _MINI_LINUX_SPINLOCK_H

#include <linux/types.h>

typedef struct {
	unsigned int slock;
} spinlock_t;

#define DEFINE_SPINLOCK(name) spinlock_t name = { 0 }

void spin_lock_init(spinlock_t *lock);
void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
void spin_lock_bh(spinlock_t *lock);
void spin_unlock_bh(spinlock_t *lock);
unsigned long _raw_spin_lock_irqsave(spinlock_t *lock);
void spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags);

#define spin_lock_irqsave(lock, flags) \
	do { flags = _raw_spin_lock_irqsave(lock); } while (0)

#endif
