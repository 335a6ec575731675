// SPDX-License-Identifier: GPL-2.0
/* Pages that are counted as locked memory of their user, until he lets go of them. */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>

int account_locked_vm(struct mm_struct *mm, unsigned long pages, bool inc);

struct silo {
	struct page **pages;
	int n;
};

int silo_short(struct silo *silo, unsigned long uaddr, int n)
{
	int got, ret = account_locked_vm(current->mm, n, true);

	if (ret)
		return ret;
	got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, silo->pages);	/* finding: no-longterm */
	if (got < 0) {
		account_locked_vm(current->mm, n, false);
		return got;
	}
	silo->n = got;
	return 0;
}

int silo_long(struct silo *silo, unsigned long uaddr, int n)
{
	int got, ret = account_locked_vm(current->mm, n, true);

	if (ret)
		return ret;
	got = pin_user_pages_fast(uaddr, n, FOLL_WRITE | FOLL_LONGTERM, silo->pages);
	if (got < 0) {
		account_locked_vm(current->mm, n, false);
		return got;
	}
	silo->n = got;
	return 0;
}

/* Nothing is counted, and another call drops them. */
int silo_uncounted(struct silo *silo, unsigned long uaddr, int n)
{
	int got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, silo->pages);	/* finding: no-longterm */

	if (got < 0)
		return got;
	silo->n = got;
	return 0;
}

/* Counted, and released before it returns. */
int silo_once(unsigned long uaddr, int (*use)(struct page **pages, int n))
{
	struct page *pages[4];
	int got, ret = account_locked_vm(current->mm, 4, true);

	if (ret)
		return ret;
	got = pin_user_pages_fast(uaddr, 4, FOLL_WRITE, pages);
	if (got > 0) {
		ret = use(pages, got);
		unpin_user_pages_dirty_lock(pages, got, true);
	}
	account_locked_vm(current->mm, 4, false);
	return ret;
}

void silo_empty(struct silo *silo)
{
	unpin_user_pages_dirty_lock(silo->pages, silo->n, true);
	account_locked_vm(current->mm, silo->n, false);
	kfree(silo->pages);
}

MODULE_LICENSE("GPL");

/* -- counted by a helper of the caller's -- */

struct loft {
	struct work_struct work;
	struct page **pages;
	int n;
	unsigned long *locked_vm;
};

static int loft_count(struct loft *loft, int n)
{
	*loft->locked_vm += n;
	return 0;
}

static int loft_pin(struct loft *loft, unsigned long uaddr, int n)
{
	int got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, loft->pages);	/* finding: no-longterm */

	if (got < 0)
		return got;
	loft->n = got;
	return 0;
}

int loft_add(struct loft *loft, unsigned long uaddr, int n)
{
	int ret = loft_count(loft, n);

	return ret ? ret : loft_pin(loft, uaddr, n);
}

static void loft_later(struct work_struct *work)
{
	struct loft *loft = container_of(work, struct loft, work);

	unpin_user_pages(loft->pages, loft->n);
	kfree(loft);
}

void loft_put(struct loft *loft)
{
	INIT_WORK(&loft->work, loft_later);
	schedule_work(&loft->work);
}
