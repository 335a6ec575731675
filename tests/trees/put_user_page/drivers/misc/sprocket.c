// SPDX-License-Identifier: GPL-2.0
/*
 * Sprocket: releases through a macro, and through the core of the bus when
 * that is configured.
 */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>

#define SPROCKET_TEETH	8

#define SPROCKET_DROP(_p)			\
	do {					\
		set_page_dirty_lock(_p);	\
		put_page(_p);			\
	} while (0)

struct sprocket {
	struct page *tooth[SPROCKET_TEETH];
	int turned;
};

int sprocket_turn(struct sprocket *sp, unsigned long uaddr)
{
	int i, ret;

	ret = get_user_pages_fast(uaddr, SPROCKET_TEETH, FOLL_WRITE, sp->tooth);
	if (ret < 0)
		return ret;
	if (ret < SPROCKET_TEETH) {
		while (ret--)
			SPROCKET_DROP(sp->tooth[ret]);
		return -EFAULT;
	}

	for (i = 0; i < SPROCKET_TEETH; i++)
		sp->turned += page_count(sp->tooth[i]);

	for (i = SPROCKET_TEETH - 1; i >= 0; i--)
		SPROCKET_DROP(sp->tooth[i]);
	return 0;
}
EXPORT_SYMBOL_GPL(sprocket_turn);

#ifdef CONFIG_SPROCKET_BUS
/* One tooth at a time for buses that ask for it. */
int sprocket_step(struct sprocket *sp, unsigned long uaddr)
{
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	sp->turned += page_count(page);
	put_page(page);
	return 0;
}
EXPORT_SYMBOL_GPL(sprocket_step);
#endif

MODULE_LICENSE("GPL");
