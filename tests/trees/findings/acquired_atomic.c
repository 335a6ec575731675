// SPDX-License-Identifier: GPL-2.0
/* Pages that are acquired under a spinlock. */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/spinlock.h>

struct turnstile {
	spinlock_t lock;
	struct page *page;
};

int turnstile_locked(struct turnstile *turnstile, unsigned long uaddr)
{
	int got;

	spin_lock(&turnstile->lock);
	got = get_user_pages_fast(uaddr, 1, 0, &turnstile->page);	/* finding: atomic */
	spin_unlock(&turnstile->lock);
	return got == 1 ? 0 : -EFAULT;
}

int turnstile_before(struct turnstile *turnstile, unsigned long uaddr)
{
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	spin_lock(&turnstile->lock);
	turnstile->page = page;
	spin_unlock(&turnstile->lock);
	return 0;
}

void turnstile_empty(struct turnstile *turnstile)
{
	put_page(turnstile->page);
}

MODULE_LICENSE("GPL");
