// SPDX-License-Identifier: GPL-2.0
/* Faults in trees with pins, which are hazards or right before. */
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>

struct shed {
	struct page *page;
};

int shed_fill(struct shed *shed, unsigned long uaddr)
{
	return pin_user_pages_fast(uaddr, 1, FOLL_WRITE | FOLL_LONGTERM, &shed->page) == 1 ? 0 : -EFAULT;
}

void shed_empty(struct shed *shed)
{
	set_page_dirty(shed->page);		/* finding: unlocked */
	unpin_user_page(shed->page);
}

void shed_empty_locked(struct shed *shed)
{
	lock_page(shed->page);
	set_page_dirty(shed->page);
	unlock_page(shed->page);
	unpin_user_page(shed->page);
}

struct barn {
	struct page *page;
	bool own;
};

int barn_fill(struct barn *barn, unsigned long uaddr)
{
	return pin_user_pages_fast(uaddr, 1, FOLL_WRITE | FOLL_LONGTERM, &barn->page) == 1 ? 0 : -EFAULT;
}

int barn_make(struct barn *barn)
{
	barn->own = true;
	barn->page = alloc_page(GFP_KERNEL);
	return barn->page ? 0 : -ENOMEM;
}

/* Perhaps a page of its own. */
void barn_touch(struct barn *barn)
{
	set_page_dirty(barn->page);		/* finding: unlocked-dirty */
}

int shed_refused(unsigned long uaddr)
{
	unsigned int flags = FOLL_LONGTERM;
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, flags | FOLL_WRITE, &page) != 1)	/* finding: longterm-get */
		return -EFAULT;
	put_page(page);
	return 0;
}

/* Of another meaning, in these trees. */
#define FOLL_SHED 0x100

int shed_other_flag(unsigned long uaddr)
{
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, FOLL_SHED, &page) != 1)
		return -EFAULT;
	put_page(page);
	return 0;
}

int shed_not_refused(unsigned long uaddr)
{
	unsigned int flags = FOLL_LONGTERM;
	struct page *page;

	if (pin_user_pages_fast(uaddr, 1, flags, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	return 0;
}

int shed_clean(unsigned long uaddr, int value)
{
	struct page *page;
	int *at;

	if (pin_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	at = kmap(page);
	*at = value;
	kunmap(page);
	unpin_user_page(page);			/* finding: clean */
	return 0;
}

int shed_dirtied(unsigned long uaddr, int value)
{
	struct page *page;
	int *at;

	if (pin_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	at = kmap(page);
	*at = value;
	kunmap(page);
	unpin_user_pages_dirty_lock(&page, 1, true);
	return 0;
}

/* make_dirty is false: nothing is marked. */
int shed_not_dirtied(unsigned long uaddr, int value)
{
	struct page *page;
	int *at;

	if (pin_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	at = kmap(page);
	*at = value;
	kunmap(page);
	unpin_user_pages_dirty_lock(&page, 1, false);	/* finding: clean */
	return 0;
}

MODULE_LICENSE("GPL");
