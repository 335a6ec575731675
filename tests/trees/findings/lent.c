// SPDX-License-Identifier: GPL-2.0
/* Pages that others are lent, objects in tables, and errors that contradict each other; with twins that are right. */
#include <linux/err.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

struct shed {
	struct list_head list;
	struct list_head sheds;
	struct scatterlist sg[4];
	struct page **pages;
	unsigned long where[4];
	void *map;
	int nr;
};

int shed_elsewhere(struct page **pages);
void *shed_map(struct page **pages, int nr);
int shed_arm(struct shed *shed);
#define SHED_BIG 0xc0104701u

/* A function out of sight has not taken the pages where it fails, as they are released below. */
int shed_refused(unsigned long uaddr)
{
	struct page *pages[1];
	int ret = get_user_pages_fast(uaddr, 1, 0, pages);

	if (ret != 1)
		return -EFAULT;
	ret = shed_elsewhere(pages);
	if (ret < 0)
		return ret;			/* finding: unreleased */
	ret = shed_arm(NULL);
	if (ret < 0)
		put_page(pages[0]);
	return ret;
}

/* Nothing is released anywhere else: it may have taken them in any case. */
int shed_taken(unsigned long uaddr)
{
	struct page *pages[1];
	int ret = get_user_pages_fast(uaddr, 1, 0, pages);

	if (ret != 1)
		return -EFAULT;
	ret = shed_elsewhere(pages);
	if (ret < 0)
		return ret;
	return 0;
}

static void shed_free(struct page ***pages, int nr)
{
	int i;

	for (i = 0; i < nr; i++)
		put_page((*pages)[i]);
	kfree(*pages);
	*pages = NULL;
}

/* NULL is the refusal; the helper releases none, as all came and ret was written to. */
void *shed_count_of_none(struct page ***out, unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	void *map;
	int ret;

	if (!pages)
		return NULL;
	ret = get_user_pages_fast(uaddr, nr, FOLL_WRITE, pages);
	if (ret != nr)
		goto err;
	ret = -EINVAL;
	map = shed_map(pages, nr);
	if (!map)
		goto err;
	*out = pages;
	return map;
err:
	shed_free(&pages, ret > 0 ? ret : 0);	/* finding: unreleased */
	return NULL;
}

void *shed_count_of_all(struct page ***out, unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	void *map;
	int ret;

	if (!pages)
		return NULL;
	ret = get_user_pages_fast(uaddr, nr, FOLL_WRITE, pages);
	if (ret != nr)
		goto err;
	map = shed_map(pages, nr);
	if (!map)
		goto err;
	*out = pages;
	return map;
err:
	shed_free(&pages, ret > 0 ? ret : 0);
	return NULL;
}

/* One error releases what the scatterlist has, the other does not: nothing there tells which it was. */
int shed_contradicts(struct shed *shed, unsigned long uaddr)
{
	struct page *page;
	int ret = get_user_pages_fast(uaddr, 1, 0, &page);

	if (ret != 1)
		return -EFAULT;
	sg_set_page(&shed->sg[0], page, PAGE_SIZE, 0);
	ret = shed_arm(NULL);
	if (ret)
		return ret;			/* finding: unreleased */
	ret = shed_arm(NULL);
	if (ret) {
		put_page(sg_page(&shed->sg[0]));
		return ret;
	}
	return 0;
}

/* The count tells the caller: it may release on either error. */
int shed_tells(struct shed *shed, unsigned long uaddr)
{
	struct page *page;
	int ret = get_user_pages_fast(uaddr, 1, 0, &page);

	if (ret != 1)
		return -EFAULT;
	sg_set_page(&shed->sg[0], page, PAGE_SIZE, 0);
	ret = shed_arm(NULL);
	if (ret) {
		put_page(sg_page(&shed->sg[0]));
		return ret;
	}
	shed->nr = 1;
	return shed_arm(NULL);
}

/* An object in a list is found there again. */
int shed_listed(struct shed *sheds, unsigned long uaddr)
{
	struct shed *shed = kzalloc(sizeof(*shed), GFP_KERNEL);

	if (!shed)
		return -ENOMEM;
	if (get_user_pages_fast(uaddr, 1, 0, shed->pages) != 1) {
		kfree(shed);
		return -EFAULT;
	}
	list_add_tail(&shed->list, &sheds->sheds);
	return 0;
}

/* Taken out of it again, and freed with its page. */
int shed_listed_and_lost(struct shed *sheds, unsigned long uaddr)
{
	struct shed *shed = kzalloc(sizeof(*shed), GFP_KERNEL);

	if (!shed)
		return -ENOMEM;
	if (get_user_pages_fast(uaddr, 1, 0, shed->pages) != 1) {
		kfree(shed);
		return -EFAULT;
	}
	list_add_tail(&shed->list, &sheds->sheds);
	if (shed_arm(NULL)) {
		list_del(&shed->list);
		kfree(shed);			/* finding: unreleased */
		return -EIO;
	}
	return 0;
}

void shed_drop(struct shed *sheds)
{
	struct shed *shed;

	list_for_each_entry(shed, &sheds->sheds, list)
		put_page(shed->pages[0]);
}

/* The assembly writes err: what comes behind the test is reached. */
int shed_assembly(unsigned long uaddr, int *from)
{
	struct page *page;
	int err = 0;

	asm volatile("" : "=r" (err) : "m" (*from));
	if (!err)
		return 0;
	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	return 1;				/* finding: unreleased */
}

/* The number of an ioctl is a large one. */
int shed_ioctl(unsigned int command, unsigned long uaddr)
{
	struct page *page;

	switch (command) {
	case SHED_BIG:
		if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
			return -EFAULT;
		if (PageCompound(page))
			return -EINVAL;		/* finding: unreleased */
		put_page(page);
		break;
	}
	return 0;
}

/* "*done = n" tells the caller how many there are. */
int shed_tells_by_parameter(struct page **pages, unsigned long uaddr, int nr, int *done)
{
	int n = *done, ret = 0;

	while (n < nr) {
		int got = get_user_pages_fast(uaddr, nr - n, 0, pages);

		if (got <= 0) {
			ret = -EFAULT;
			break;
		}
		n += got;
	}
	*done = n;
	return ret;
}

/* The count says that there are none, and none was released. */
int shed_cleared(struct shed *shed, unsigned long uaddr, int check)
{
	if (get_user_pages_fast(uaddr, 1, 0, shed->pages) != 1)
		return -EFAULT;
	shed->nr = 1;
	if (check) {
		shed->nr = 0;
		return -EINVAL;			/* finding: unreleased */
	}
	return 0;
}

void shed_clear(struct shed *shed)
{
	int i;

	for (i = 0; i < shed->nr; i++)
		put_page(shed->pages[i]);
}

/* The object has the pages: their address in it is no other owner, and there is none where it fails. */
static int shed_mapped(struct shed *shed, unsigned long uaddr, int nr)
{
	int ret;

	shed->pages = kcalloc(nr, sizeof(*shed->pages), GFP_KERNEL);
	if (!shed->pages)
		return -ENOMEM;
	ret = get_user_pages_fast(uaddr, nr, 0, shed->pages);
	if (ret != nr) {
		if (ret > 0)
			release_pages(shed->pages, ret);
		kfree(shed->pages);
		return -EFAULT;
	}
	shed->map = vmap(shed->pages, nr, 0, 0);
	if (!shed->map) {
		kfree(shed->pages);		/* finding: unreleased */
		return -ENOMEM;
	}
	return 0;
}

struct shed *shed_new(unsigned long uaddr, int nr)
{
	struct shed *shed = kzalloc(sizeof(*shed), GFP_KERNEL);

	if (!shed)
		return NULL;
	if (shed_mapped(shed, uaddr, nr) < 0) {
		kfree(shed);
		return NULL;
	}
	return shed;
}

void shed_end(struct shed *shed, int nr)
{
	vunmap(shed->map);
	release_pages(shed->pages, nr);
}

/* The page goes on as a number that nothing makes a page of again. */
static unsigned long shed_number(unsigned long uaddr)
{
	unsigned long where = 0;
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, 0, &page) == 1)
		where = page_to_phys(page) + uaddr % PAGE_SIZE;
	return where;				/* finding: unreleased */
}

void shed_where(struct shed *shed, unsigned long uaddr)
{
	shed->where[0] = shed_number(uaddr);
}

/* A caller out of sight may do so. */
unsigned long shed_number_for_others(unsigned long uaddr)
{
	unsigned long where = 0;
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, 0, &page) == 1)
		where = page_to_phys(page) + uaddr % PAGE_SIZE;
	return where;
}

/* Whether there is a page is one thing, and the page another. */
_Bool shed_came(unsigned long uaddr, struct page **out)
{
	struct page *page;
	_Bool came = get_user_pages_fast(uaddr, 1, 0, &page) == 1;

	if (came) {
		*out = page;
		return 1;
	}
	return 0;
}
