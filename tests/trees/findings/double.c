// SPDX-License-Identifier: GPL-2.0
/* Pages that are released twice on one path, and twins that are right. */
#include <linux/mm.h>
#include <linux/module.h>

int spare_single_twice(unsigned long uaddr, int check)
{
	struct page *page;
	int ret = 0;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	if (check) {
		put_page(page);
		ret = -EPERM;
		goto out;
	}
	ret = 1;
out:
	put_page(page);				/* finding: double */
	return ret;
}

int spare_single_once(unsigned long uaddr, int check)
{
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	if (check) {
		put_page(page);
		return -EPERM;
	}
	put_page(page);
	return 0;
}

int spare_two_references(unsigned long uaddr)
{
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	get_page(page);
	put_page(page);
	put_page(page);
	return 0;
}

void user_page_to_ref(struct page *page);

/* One reference takes the other's place. */
int spare_exchanged(unsigned long uaddr)
{
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	user_page_to_ref(page);
	put_page(page);
	return 0;
}

/* Released by the helper when it fails, and by its caller again. */
static int spare_check(struct page *page)
{
	if (PageCompound(page)) {
		put_page(page);
		return -EINVAL;
	}
	return 0;
}

int spare_helper_and_caller(unsigned long uaddr)
{
	struct page *page;
	int ret;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	ret = spare_check(page);
	if (ret < 0)
		goto out;
	ret = 0;
out:
	put_page(page);				/* finding: double */
	return ret;
}

int spare_helper_alone(unsigned long uaddr)
{
	struct page *page;
	int ret;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	ret = spare_check(page);
	if (ret < 0)
		return ret;
	put_page(page);
	return 0;
}

/* Another page each time. */
int spare_in_loop(unsigned long uaddr, int nr)
{
	struct page *page;
	int i;

	for (i = 0; i < nr; i++) {
		if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
			return -EFAULT;
		if (PageCompound(page)) {
			put_page(page);
			continue;
		}
		put_page(page);
	}
	return 0;
}

/* Two acquires, one after the other, into the same variable. */
int spare_one_by_one(unsigned long uaddr, int *first, int *second)
{
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	*first = compound_head(page) == page;
	put_page(page);
	if (get_user_pages_fast(uaddr + PAGE_SIZE, 1, 0, &page) != 1)
		return -EFAULT;
	*second = compound_head(page) == page;
	put_page(page);
	return 0;
}

MODULE_LICENSE("GPL");
