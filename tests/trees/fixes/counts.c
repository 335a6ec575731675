// SPDX-License-Identifier: GPL-2.0
/* Counts that are not how many pages came. */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct buoy {
	struct page **pages;
	int n;
	bool locked;
};

struct bell {
	struct page **pages;
	int n;
};

static void bell_drop(struct page **pages, u64 n)
{
	u64 i;

	for (i = 0; i < n; i++)
		put_page(pages[i]);
}

int bell_set(struct bell *bell, unsigned long uaddr)
{
	int got;

	got = get_user_pages_fast(uaddr, bell->n, 0, bell->pages);
	if (got < bell->n) {
		bell_drop(bell->pages, got);			/* remedy: count-negative */
		return -EFAULT;
	}
	return 0;
}

/* -- fewer came than the object says -- */

int buoy_lock(struct buoy *buoy, unsigned long uaddr, int n)
{
	int got;

	buoy->n = n;
	buoy->pages = kcalloc(n, sizeof(*buoy->pages), GFP_KERNEL);
	if (!buoy->pages)
		return -ENOMEM;
	got = pin_user_pages_fast(uaddr, buoy->n, FOLL_WRITE | FOLL_LONGTERM, buoy->pages);
	if (got != buoy->n) {
		if (got < 0)
			return got;
		buoy->locked = true;
		return -EINVAL;
	}
	buoy->locked = true;
	return 0;
}

void buoy_free(struct buoy *buoy)
{
	if (buoy->locked)
		unpin_user_pages_dirty_lock(buoy->pages, buoy->n, true);	/* remedy: count-short */
	kfree(buoy->pages);
}

/* -- an errno is compared with an unsigned number -- */

int buoy_write(unsigned long uaddr, size_t count, int (*write)(void *at))
{
	unsigned int nr_pages = count >> PAGE_SHIFT;
	struct page **pages = kmalloc_array(nr_pages, sizeof(*pages), GFP_KERNEL);
	int ret, i;

	if (!pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(uaddr, nr_pages, 0, pages);
	if (ret < nr_pages) {
		if (ret < 0) {
			nr_pages = 0;
		} else {
			nr_pages = ret;
			ret = -EINVAL;
		}
		goto out;
	}
	for (i = 0; i < nr_pages; i++)
		write(page_address(pages[i]));			/* remedy: count-compare */
	ret = 0;
out:
	unpin_user_pages(pages, nr_pages);
	kfree(pages);
	return ret;
}
