// SPDX-License-Identifier: GPL-2.0
/* Releases on paths on which no page has come yet, or the pointer is an error. */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

static int mill_fill(struct page **pages, unsigned int n, unsigned long uaddr, unsigned int *filled)
{
	int got = get_user_pages_fast(uaddr, n, 0, pages);

	if (got <= 0)
		return got ? got : -EFAULT;
	*filled += got;
	return 0;
}

static void mill_drop(struct page **pages, unsigned int n)
{
	put_user_pages(pages, n);
}

/* Where there is no memory for the array, n is no 0: all n of nothing are released. */
int mill_no_array(const unsigned int *sizes, int count, unsigned long uaddr)
{
	unsigned int n = 0, filled = 0;
	struct page **pages = NULL;
	int i, ret;

	for (i = 0; i < count; i++) {
		if (sizes[i] > 64) {
			ret = -E2BIG;
			goto out;
		}
		n += sizes[i];
	}
	pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	if (!pages) {
		ret = -ENOMEM;
		goto out;
	}
	ret = mill_fill(pages, n, uaddr, &filled);
	n = filled;
out:
	mill_drop(pages, n);	/* finding: null-pointer */
	kfree(pages);
	return ret;
}

int mill_counted(const unsigned int *sizes, int count, unsigned long uaddr)
{
	unsigned int n = 0, filled = 0;
	struct page **pages = NULL;
	int i, ret;

	for (i = 0; i < count; i++) {
		if (sizes[i] > 64) {
			ret = -E2BIG;
			goto out;
		}
		n += sizes[i];
	}
	pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	if (!pages) {
		ret = -ENOMEM;
		goto out;
	}
	ret = mill_fill(pages, n, uaddr, &filled);
out:
	mill_drop(pages, filled);
	kfree(pages);
	return ret;
}

int mill_unwritten(unsigned long uaddr, int size, int (*use)(struct page *page))
{
	struct page *page;
	int ret = -EINVAL;

	if (size > 64)
		goto out;
	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	ret = use(page);
out:
	put_page(page);	/* finding: uninitialised-entry */
	return ret;
}

int mill_asked(unsigned long uaddr, int size, int (*use)(struct page *page))
{
	struct page *page = NULL;
	int ret = -EINVAL;

	if (size > 64)
		goto out;
	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	ret = use(page);
out:
	if (page)
		put_page(page);
	return ret;
}

/* -- whatever the page is -- */

struct page *mill_next(struct address_space *mapping, unsigned long index);

int mill_grind(struct address_space *mapping, unsigned long from, unsigned long to)
{
	struct page *page = NULL;
	int ret;

	for (; from < to; from++) {
		if (page)	/* finding: error-pointer */
			put_page(page);
		page = mill_next(mapping, from);
		if (IS_ERR(page)) {
			ret = PTR_ERR(page);
			if (ret != -EEXIST)
				return ret;
		}
	}
	if (!IS_ERR_OR_NULL(page))
		put_page(page);
	return 0;
}

int mill_grind_right(struct address_space *mapping, unsigned long from, unsigned long to)
{
	struct page *page = NULL;
	int ret;

	for (; from < to; from++) {
		if (page)
			put_page(page);
		page = mill_next(mapping, from);
		if (IS_ERR(page)) {
			ret = PTR_ERR(page);
			if (ret != -EEXIST)
				return ret;
			page = NULL;
		}
	}
	if (page)
		put_page(page);
	return 0;
}

MODULE_LICENSE("GPL");
