// SPDX-License-Identifier: GPL-2.0
/* Signs that pins are kept beyond the call or the request that they were made for. */
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct drm_file;

/* -- taken by one command of the user's, dropped by another one -- */

struct furrow {
	unsigned long pfn[8];
	int n;
};

int furrow_sow_ioctl(struct furrow *furrow, unsigned long uaddr, struct drm_file *user)
{
	struct page *pages[8];
	int got = pin_user_pages_fast(uaddr, 8, FOLL_WRITE, pages), i;	/* finding: no-longterm */

	if (got != 8) {
		if (got > 0)
			unpin_user_pages(pages, got);
		return -EFAULT;
	}
	for (i = 0; i < got; i++)
		furrow->pfn[i] = page_to_pfn(pages[i]);
	furrow->n = got;
	return 0;
}

int furrow_reap_ioctl(struct furrow *furrow, struct drm_file *user)
{
	int i;

	for (i = 0; i < furrow->n; i++)
		unpin_user_page(pfn_to_page(furrow->pfn[i]));
	furrow->n = 0;
	return 0;
}

/* -- found again by the next request, whatever the end of this one does -- */

struct plot {
	struct list_head list;
	struct work_struct work;
	unsigned long uaddr;
	int users;
	struct page **pages;
	int n;
};

static void plot_put(struct plot *plot)
{
	if (--plot->users)
		return;
	unpin_user_pages(plot->pages, plot->n);
	kvfree(plot->pages);
	kfree(plot);
}

static void plot_worked(struct work_struct *work)
{
	plot_put(container_of(work, struct plot, work));
}

/* "ret" is that of other calls behind the acquire: their failure is none of its. */
static struct plot *plot_get(struct list_head *plots, unsigned long uaddr, int n,
			     int (*mark)(struct page **pages))
{
	struct plot *plot;
	int ret;

	list_for_each_entry(plot, plots, list)
		if (plot->uaddr == uaddr) {
			plot->users++;
			return plot;
		}
	plot = kzalloc(sizeof(*plot), GFP_KERNEL);
	if (!plot)
		return NULL;
	plot->pages = kvmalloc_array(n, sizeof(*plot->pages), GFP_KERNEL);
	if (!plot->pages)
		goto free;
	ret = pin_user_pages_fast(uaddr, n, FOLL_WRITE, plot->pages);	/* finding: no-longterm */
	if (ret != n) {
		if (ret < 0)
			goto free_pages;
		n = ret;
		goto unpin;
	}
	ret = mark(plot->pages);
	if (ret)
		goto unpin;
	plot->n = n;
	plot->users = 1;
	list_add_tail(&plot->list, plots);
	return plot;
unpin:
	unpin_user_pages(plot->pages, n);
free_pages:
	kvfree(plot->pages);
free:
	kfree(plot);
	return NULL;
}

int plot_work(struct list_head *plots, unsigned long uaddr, int n, int (*mark)(struct page **pages))
{
	struct plot *plot = plot_get(plots, uaddr, n, mark);

	if (!plot)
		return -ENOMEM;
	INIT_WORK(&plot->work, plot_worked);
	schedule_work(&plot->work);
	return 0;
}

void plot_close(struct list_head *plots)
{
	struct plot *plot, *next;

	list_for_each_entry_safe(plot, next, plots, list) {
		list_del(&plot->list);
		plot->users = 1;
		plot_put(plot);
	}
}

/* A list of requests, in the order of their addresses: nothing of it is taken instead. */
struct order {
	struct list_head list;
	struct work_struct work;
	unsigned long uaddr;
	struct page *pages[8];
	int n;
};

static void order_free(struct order *order)
{
	unpin_user_pages(order->pages, order->n);
	kfree(order);
}

static void order_worked(struct work_struct *work)
{
	order_free(container_of(work, struct order, work));
}

int order_queue(struct list_head *orders, unsigned long uaddr)
{
	struct order *order = kzalloc(sizeof(*order), GFP_KERNEL), *other;

	if (!order)
		return -ENOMEM;
	list_for_each_entry(other, orders, list)
		if (other->uaddr > uaddr)
			break;
	order->n = pin_user_pages_fast(uaddr, 8, FOLL_WRITE, order->pages);
	if (order->n <= 0) {
		kfree(order);
		return -EFAULT;
	}
	INIT_WORK(&order->work, order_worked);
	list_add_tail(&order->list, orders);
	return 0;
}

void order_cancel(struct order *order)
{
	list_del(&order->list);
	order_free(order);
}

/* -- counted nearby, and taken in a loop whose errors drop one -- */

struct acre {
	unsigned long used;
	struct page *pages[8];
};

struct farm {
	unsigned long locked_vm;
	struct acre acres[4];
};

static int farm_charge(struct farm *farm, unsigned long n)
{
	if (farm->locked_vm + n > 64)
		return -ENOMEM;
	farm->locked_vm += n;
	return 0;
}

static void acre_drop(struct acre *acre)
{
	unpin_user_pages(acre->pages, acre->used);
}

static int acre_take(struct acre *acre, unsigned long uaddr)
{
	int got = pin_user_pages_fast(uaddr, 8, FOLL_WRITE, acre->pages);	/* finding: no-longterm */

	if (got <= 0)
		return -EFAULT;
	acre->used = got;
	return 0;
}

int farm_lease(struct farm *farm, const unsigned long *uaddrs, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		if (acre_take(&farm->acres[i], uaddrs[i]))
			break;
		if (farm_charge(farm, 8)) {
			acre_drop(&farm->acres[i]);
			break;
		}
	}
	return i;
}

void farm_return(struct farm *farm, int n)
{
	int i;

	for (i = 0; i < n; i++)
		acre_drop(&farm->acres[i]);
}

/* -- one page at a time, put into a table that was there before -- */

struct slate {
	int used;
	struct scatterlist mem;
	struct page *page;
};

struct quarry {
	struct slate slates[16];
};

int quarry_bell(struct quarry *quarry, int at);

int quarry_take(struct quarry *quarry, int at, unsigned long uaddr)
{
	struct page *pages[1];

	if (quarry->slates[at].used)
		return -EBUSY;
	if (pin_user_pages_fast(uaddr, 1, FOLL_WRITE, pages) != 1)	/* finding: no-longterm */
		return -EFAULT;
	sg_set_page(&quarry->slates[at].mem, pages[0], 4096, 0);
	if (quarry_bell(quarry, at)) {
		unpin_user_page(sg_page(&quarry->slates[at].mem));
		return -EIO;
	}
	quarry->slates[at].used = 1;
	return 0;
}

void quarry_close(struct quarry *quarry)
{
	int i;

	for (i = 0; i < 16; i++)
		if (quarry->slates[i].used)
			unpin_user_page(sg_page(&quarry->slates[i].mem));
	kfree(quarry);
}

struct gravel {
	struct page *pages[16];
	int used;
};

int gravel_take(struct gravel *gravel, int at, unsigned long uaddr)
{
	struct page *page;

	if (pin_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)	/* finding: no-longterm */
		return -EFAULT;
	gravel->pages[at] = page;
	gravel->used++;
	return 0;
}

void gravel_close(struct gravel *gravel)
{
	unpin_user_pages(gravel->pages, gravel->used);
	kfree(gravel);
}

/* Dropped by the same call: the table keeps nothing. */
int gravel_weigh(struct gravel *gravel, int at, unsigned long uaddr)
{
	struct page *page;

	if (pin_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	gravel->used = page_to_pfn(page) & 1;
	unpin_user_page(page);
	return at;
}

MODULE_LICENSE("GPL");
