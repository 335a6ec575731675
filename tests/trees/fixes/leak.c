// SPDX-License-Identifier: GPL-2.0
/* Pages that are lost on one path of a function. */
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct keel {
	struct list_head list;
	struct page **pages;
	unsigned long n;
	void *map;
};

struct hull {
	struct page **pages;
	unsigned long n;
};

int keel_check(struct page *page);
void *keel_map(struct page **pages, int n);

/* -- as another error of the function releases them -- */

int keel_lay(struct keel *keel, unsigned long uaddr, int n)
{
	struct page **pages = kvmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int ret, got;

	if (!pages)
		return -ENOMEM;
	got = pin_user_pages_fast(uaddr, n, FOLL_WRITE | FOLL_LONGTERM, pages);
	if (got <= 0) {
		ret = -EFAULT;
		goto free;
	}
	keel->map = kmalloc(got, GFP_KERNEL);
	if (!keel->map) {
		ret = -ENOMEM;
		goto free;					/* remedy: leak */
	}
	ret = keel_check(pages[0]);
	if (ret) {
		unpin_user_pages(pages, got);
		goto free;
	}
	keel->pages = pages;
	keel->n = got;
	return 0;
free:
	kvfree(pages);
	return ret;
}

/* -- one page, by the argument of the acquire -- */

int keel_sound(struct hull *hull, unsigned long uaddr, int n)
{
	int i, ret;

	hull->pages = kcalloc(n, sizeof(*hull->pages), GFP_KERNEL);
	if (!hull->pages)
		return -ENOMEM;
	hull->n = 0;
	do {
		i = hull->n;
		ret = get_user_pages_fast(uaddr + i * PAGE_SIZE, 1, 0, hull->pages + i);
		if (ret < 0)
			goto put;
		ret = keel_check(hull->pages[i]);
		if (ret < 0)
			goto put;				/* remedy: leak */
		hull->n++;
	} while (hull->n < n);
	return 0;
put:
	for (i = 0; i < hull->n; i++)
		put_page(hull->pages[i]);
	kfree(hull->pages);
	return ret;
}

/* -- by a helper, as the pages were taken by one -- */

static int keel_take(unsigned long uaddr, struct page **page)
{
	return get_user_pages_fast(uaddr, 1, 0, page) == 1 ? 0 : -EFAULT;
}

static void keel_put(struct hull *hull, struct page *page)
{
	put_page(page);
}

int keel_scrape(struct hull *hull, unsigned long uaddr)
{
	struct page *page;
	int ret;

	ret = keel_take(uaddr, &page);
	if (ret)
		return ret;
	if (page_count(page) > 8)
		return -EBUSY;					/* remedy: leak */
	ret = keel_check(page);
	keel_put(hull, page);
	return ret;
}

/* -- nothing says how many there are -- */

int keel_careen(struct keel *keel, unsigned long uaddr, int n)
{
	struct page **pages = kvmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int got, ret = 0;

	if (!pages)
		return -ENOMEM;
	got = pin_user_pages_fast(uaddr, n, FOLL_WRITE | FOLL_LONGTERM, pages);
	if (got != n) {
		ret = -EFAULT;
		goto free;					/* refused: no release that the function has */
	}
	keel->pages = pages;
	keel->n = got;
	return 0;
free:
	kvfree(pages);
	return ret;
}
