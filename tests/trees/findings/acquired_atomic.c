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

/* -- the lock is a caller's -- */

static int turnstile_take(struct turnstile *turnstile, unsigned long uaddr)
{
	return get_user_pages_fast(uaddr, 1, 0, &turnstile->page) == 1 ? 0 : -EFAULT;
}

int turnstile_open(struct turnstile *turnstile, unsigned long uaddr)
{
	int ret;

	spin_lock(&turnstile->lock);
	ret = turnstile_take(turnstile, uaddr);				/* finding: atomic */
	spin_unlock(&turnstile->lock);
	return ret;
}

int turnstile_open_first(struct turnstile *turnstile, unsigned long uaddr)
{
	int ret = turnstile_take(turnstile, uaddr);

	spin_lock(&turnstile->lock);
	if (ret)
		turnstile->page = NULL;
	spin_unlock(&turnstile->lock);
	return ret;
}

/* The caller says whether it may sleep. */
static int turnstile_try(struct turnstile *turnstile, unsigned long uaddr, bool atomic)
{
	if (atomic)
		return -EFAULT;
	return get_user_pages_fast(uaddr, 1, 0, &turnstile->page) == 1 ? 0 : -EFAULT;
}

int turnstile_push(struct turnstile *turnstile, unsigned long uaddr)
{
	int ret;

	spin_lock(&turnstile->lock);
	ret = turnstile_try(turnstile, uaddr, true);
	spin_unlock(&turnstile->lock);
	return ret ? turnstile_try(turnstile, uaddr, false) : 0;
}

void turnstile_empty(struct turnstile *turnstile)
{
	put_page(turnstile->page);
}

/* -- the lock is taken by a helper -- */

static void turnstile_lock(struct turnstile *turnstile)
{
	spin_lock(&turnstile->lock);
}

static void turnstile_unlock(struct turnstile *turnstile)
{
	spin_unlock(&turnstile->lock);
}

/* Takes it on one way alone. */
static void turnstile_lock_if(struct turnstile *turnstile, int want)
{
	if (want)
		spin_lock(&turnstile->lock);
}

int turnstile_helped(struct turnstile *turnstile, unsigned long uaddr)
{
	int got;

	turnstile_lock(turnstile);
	got = get_user_pages_fast(uaddr, 1, 0, &turnstile->page);	/* finding: atomic */
	turnstile_unlock(turnstile);
	return got == 1 ? 0 : -EFAULT;
}

int turnstile_helped_before(struct turnstile *turnstile, unsigned long uaddr)
{
	int got;

	turnstile_lock(turnstile);
	turnstile->page = NULL;
	turnstile_unlock(turnstile);
	got = get_user_pages_fast(uaddr, 1, 0, &turnstile->page);
	return got == 1 ? 0 : -EFAULT;
}

int turnstile_helped_if(struct turnstile *turnstile, unsigned long uaddr, int want)
{
	int got;

	turnstile_lock_if(turnstile, want);
	got = get_user_pages_fast(uaddr, 1, 0, &turnstile->page);
	turnstile_unlock(turnstile);
	return got == 1 ? 0 : -EFAULT;
}

MODULE_LICENSE("GPL");
