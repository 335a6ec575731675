/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_MUTEX_H
#define _MINI_LINUX_MUTEX_H

#include <linux/types.h>

struct mutex {
	atomic_t count;
};

#define DEFINE_MUTEX(name) struct mutex name = { { 1 } }

void mutex_init(struct mutex *lock);
void mutex_lock(struct mutex *lock);
int __must_check mutex_lock_interruptible(struct mutex *lock);
void mutex_unlock(struct mutex *lock);

#endif
