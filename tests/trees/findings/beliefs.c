// SPDX-License-Identifier: GPL-2.0
/* Functions out of sight that leave the pages here, as their callers believe; with twins that are right. */
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct creed {
	struct list_head list;
	struct page **pages;
	struct creed *inner;
	void *map;
	int nr;
};

int creed_start(struct creed *creed, struct page *page);
int creed_wait(struct creed *creed);
bool creed_fits(struct page *page);
void creed_note(struct creed *creed, struct page **pages, int nr);
void creed_end(struct creed *creed);
bool creed_dead(void);

/* It is released behind both calls, so neither has taken it. */
int creed_forgotten(struct creed *creed, unsigned long uaddr)
{
	struct page *page;
	int ret = get_user_pages_fast(uaddr, 1, 0, &page);

	if (ret != 1)
		return -EFAULT;
	ret = creed_start(creed, page);
	if (ret < 0)
		goto put;
	if (creed_dead())
		return -EIO;			/* finding: unreleased */
	ret = 0;
put:
	put_page(page);
	return ret;
}

/* It leaves the pages here on the one answer, and on the one that is an error. */
int creed_unfit(struct creed *creed, unsigned long uaddr)
{
	struct page *page;
	int ret = get_user_pages_fast(uaddr, 1, 0, &page);

	if (ret != 1)
		return -EFAULT;
	if (!creed_fits(page))
		return -EINVAL;			/* finding: unreleased */
	put_page(page);
	return 0;
}

/* On success the object may have them, though they are released where the second step fails. */
int creed_attached(struct creed *creed, unsigned long uaddr)
{
	struct page *page;
	int ret = get_user_pages_fast(uaddr, 1, 0, &page);

	if (ret != 1)
		return -EFAULT;
	ret = creed_start(creed, page);
	if (ret < 0)
		goto put;
	ret = creed_wait(creed);
	if (ret < 0)
		goto put;
	return 0;
put:
	put_page(page);
	return ret;
}

/* The object that may have noted them ends in another way. */
int creed_ended(struct creed *creed, unsigned long uaddr)
{
	struct page *page;
	int ret = get_user_pages_fast(uaddr, 1, 0, &page);

	if (ret != 1)
		return -EFAULT;
	ret = creed_start(creed, page);
	if (ret < 0)
		goto put;
	if (creed_dead()) {
		creed_end(creed);
		return -EIO;
	}
	ret = creed_wait(creed);
	if (ret < 0)
		goto put;
	return 0;
put:
	put_page(page);
	return ret;
}

/* Each round may give its page away; the rest is released. */
int creed_rounds(struct creed *creed, unsigned long uaddr, struct page **pages, int nr)
{
	int got = get_user_pages_fast(uaddr, nr, 0, pages), i, ret = 0;

	if (got <= 0)
		return -EFAULT;
	for (i = 0; i < got; i++) {
		ret = creed_start(creed, pages[i]);
		if (ret)
			break;
	}
	for (; i < got; i++)
		put_page(pages[i]);
	return ret;
}

/* A release that leaves the loop is none of each round. */
int creed_searched(struct list_head *all, unsigned long uaddr)
{
	struct creed *creed;
	struct page *page;
	int ret = get_user_pages_fast(uaddr, 1, 0, &page);

	if (ret != 1)
		return -EFAULT;
	list_for_each_entry(creed, all, list)
		if (creed->nr == 7) {
			put_page(page);
			return -EBUSY;
		}
	if (creed_dead())
		return -EIO;			/* finding: unreleased */
	put_page(page);
	return 0;
}

/* The same with two releases on the way out of the loop. */
int creed_searched_twice(struct list_head *all, unsigned long uaddr)
{
	struct creed *creed;
	struct page *page;
	int ret = get_user_pages_fast(uaddr, 1, 0, &page);

	if (ret != 1)
		return -EFAULT;
	ret = 0;
	list_for_each_entry(creed, all, list)
		if (creed->nr == 7) {
			put_page(page);
			ret = -EBUSY;
			goto out;
		}
out:
	put_page(page);				/* finding: double */
	return ret;
}

/* An object with the pages goes into another one of this function's own: both are followed. */
int creed_nested(struct creed *outer, unsigned long uaddr, int nr)
{
	struct creed *inner = kzalloc(sizeof(*inner), GFP_KERNEL), *own;
	int ret;

	if (!inner)
		return -ENOMEM;
	own = kzalloc(sizeof(*own), GFP_KERNEL);
	if (!own)
		goto free_inner;
	inner->pages = kcalloc(1, sizeof(*inner->pages), GFP_KERNEL);
	if (!inner->pages)
		goto free_own;
	ret = get_user_pages_fast(uaddr, 1, 0, inner->pages);
	if (ret != 1)
		goto free_pages;
	own->inner = inner;
	if (creed_dead())
		goto free_pages;		/* finding: unreleased */
	outer->inner = own;
	return 0;
free_pages:
	kfree(inner->pages);
free_own:
	kfree(own);
free_inner:
	kfree(inner);
	return -EINVAL;
}

/* The only pointer to it is forgotten. */
int creed_cleared(struct creed *creed, unsigned long uaddr)
{
	int ret = get_user_pages_fast(uaddr, 1, 0, creed->pages);

	if (ret != 1)
		return -EFAULT;
	if (creed_dead()) {
		creed->pages = NULL;		/* finding: unreleased */
		return -EIO;
	}
	return 0;
}

/* How many the rounds before the failure have brought, the caller does not get to know. */
int creed_round_fails(unsigned long uaddr, struct page **pages, int nr)
{
	int got, done;

	for (done = 0; done < nr; done += got) {
		got = get_user_pages_fast(uaddr + done * PAGE_SIZE, nr - done, 0, pages + done);
		if (got < 0)
			return got;		/* finding: unreleased */
	}
	return 0;
}

int creed_round_told(unsigned long uaddr, struct page **pages, int nr, int *came)
{
	int got, done;

	for (done = 0; done < nr; done += got) {
		got = get_user_pages_fast(uaddr + done * PAGE_SIZE, nr - done, 0, pages + done);
		if (got < 0) {
			*came = done;
			return got;
		}
	}
	*came = done;
	return 0;
}

void creed_drop(struct creed *creed)
{
	release_pages(creed->pages, creed->nr);
	creed->pages = NULL;
}

/* The helper does what a member says when it is called. */
struct vow {
	struct page **pages;
	bool taken;
	int nr;
};

static void vow_drop(struct vow *vow)
{
	int i;

	if (!vow->taken)
		return;
	for (i = 0; i < vow->nr; i++)
		put_page(vow->pages[i]);
}

int vow_untold(struct vow *vow, unsigned long uaddr, struct page **pages)
{
	int ret;

	vow->taken = false;
	vow->nr = 1;
	ret = get_user_pages_fast(uaddr, 1, 0, pages);
	if (ret != 1)
		return -EFAULT;
	vow->pages = pages;
	if (creed_dead()) {
		vow_drop(vow);
		vow->pages = NULL;
		pages = NULL;			/* finding: unreleased */
		return -EIO;
	}
	vow->taken = true;
	return 0;
}

int vow_told(struct vow *vow, unsigned long uaddr, struct page **pages)
{
	int ret;

	vow->taken = false;
	vow->nr = 1;
	ret = get_user_pages_fast(uaddr, 1, 0, pages);
	if (ret != 1)
		return -EFAULT;
	vow->pages = pages;
	vow->taken = true;
	if (creed_dead()) {
		vow_drop(vow);
		vow->pages = NULL;
		pages = NULL;
		return -EIO;
	}
	return 0;
}

/* A search through others, then an object of its own under the same name. */
int creed_searched_own(struct list_head *all, unsigned long uaddr)
{
	struct creed *creed;
	int ret;

	list_for_each_entry(creed, all, list)
		if (creed->nr == 7)
			return 0;
	creed = kzalloc(sizeof(*creed), GFP_KERNEL);
	if (!creed)
		return -ENOMEM;
	creed->pages = kcalloc(1, sizeof(*creed->pages), GFP_KERNEL);
	if (!creed->pages)
		goto free;
	ret = get_user_pages_fast(uaddr, 1, 0, creed->pages);
	if (ret != 1)
		goto free_pages;
	if (creed_dead())
		return -EIO;			/* finding: unreleased */
	list_add(&creed->list, all);
	return 0;
free_pages:
	kfree(creed->pages);
free:
	kfree(creed);
	return -EFAULT;
}

/* Two loops in each other are one release. */
static void creed_drop_all(struct page *pages[2][4], int nr)
{
	int i, j;

	for (i = 0; i < nr; i++)
		for (j = 0; j < 4; j++)
			put_page(pages[i][j]);
}

int creed_grid(unsigned long uaddr)
{
	struct page *pages[2][4];
	int ret = get_user_pages_fast(uaddr, 8, 0, pages[0]);

	if (ret != 8)
		return -EFAULT;			/* finding: unreleased */
	creed_drop_all(pages, 2);
	return 0;
}

/* One error that is told apart is perhaps none. */
int creed_in_progress(struct creed *creed, unsigned long uaddr)
{
	struct page *page;
	int ret = get_user_pages_fast(uaddr, 1, 0, &page);

	if (ret != 1)
		return -EFAULT;
	creed_note(creed, &page, 1);
	ret = creed_wait(NULL);
	if (ret == -EINPROGRESS)
		return ret;
	put_page(page);
	return ret;
}

/* Each round has its own entry: the one that is cleared is another one. */
int creed_entries(struct creed *creed, unsigned long uaddr, int nr)
{
	struct page *page;
	int i;

	for (i = 0; i < nr; i++) {
		if (creed_dead()) {
			creed[i].map = NULL;
			continue;
		}
		if (get_user_pages_fast(uaddr + i * PAGE_SIZE, 1, 0, &page) != 1)
			return -EFAULT;
		creed[i].map = page;
	}
	return 0;
}
