// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/version.h>
#include "anvil.h"
#include "anvil_compat.h"

static long anvil_take(unsigned long start, int count, unsigned int flags, struct page **pages)
{
	long got;
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 8, 0)
	struct rw_semaphore *lock = &current->mm->mmap_sem;
#endif

#ifdef ANVIL_HAVE_FAST
	if (flags & FOLL_WRITE)
		return anvil_gup_fast(start, count, flags, pages);
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 8, 0)
	mmap_read_lock(current->mm);
#else
	down_read(lock);
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 6, 0)
	got = pin_user_pages_remote(current->mm, start, count, flags, pages, NULL, NULL);
#elif LINUX_VERSION_CODE < KERNEL_VERSION(4, 6, 0)
	got = get_user_pages_locked(current, current->mm, start, count, 1, 0, pages, NULL);
#else
	got = get_user_pages_remote(current, current->mm, start, count, flags, pages, NULL, NULL);
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 8, 0)
	mmap_read_unlock(current->mm);
#else
	up_read(lock);
#endif
	return got;
}

int anvil_pin_user(struct anvil *anvil, unsigned long start, int count, int write)
{
	struct anvil_pin *pin = kzalloc(sizeof(*pin), GFP_KERNEL);

	if (!pin)
		return -ENOMEM;
	pin->pages = kcalloc(count, sizeof(*pin->pages), GFP_KERNEL);
	if (!pin->pages)
		goto free;
	pin->count = anvil_take(start, count, write ? FOLL_WRITE : 0, pin->pages);
	if (pin->count <= 0)
		goto free;
	list_add_tail(&pin->node, &anvil->pins);
	return 0;
free:
	kfree(pin->pages);
	kfree(pin);
	return -ENOMEM;
}

/* Looks at one page and is not honest about it: the slot is never put back. */
int anvil_peek(struct anvil *anvil, unsigned long start, int slot)
{
	return anvil_gup(start, 1, 0, &anvil->slots[slot]) == 1 ? 0 : -EFAULT;
}
