// SPDX-License-Identifier: GPL-2.0
/* Pins that are kept until another call drops them, and those that end with a call or a request. */
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct barn {
	struct list_head bales;
};

struct bale {
	struct list_head list;
	struct page **pages;
	unsigned long n;
};

/* -- kept in a list, dropped by another command, and where the file is closed -- */

static void bale_free(struct bale *bale)
{
	unpin_user_pages(bale->pages, bale->n);
	kvfree(bale->pages);
	kfree(bale);
}

int barn_store(struct barn *barn, unsigned long uaddr, int n)
{
	struct bale *bale = kzalloc(sizeof(*bale), GFP_KERNEL);
	int got, ret = -ENOMEM;

	if (!bale)
		return -ENOMEM;
	bale->pages = kvmalloc_array(n, sizeof(*bale->pages), GFP_KERNEL);
	if (!bale->pages)
		goto free;
	got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, bale->pages);	/* finding: no-longterm */
	if (got < 0) {
		ret = got;
		goto free_pages;
	}
	bale->n = got;
	if (got != n) {
		bale_free(bale);
		return -EFAULT;
	}
	list_add_tail(&bale->list, &barn->bales);
	return 0;
free_pages:
	kvfree(bale->pages);
free:
	kfree(bale);
	return ret;
}

int barn_store_right(struct barn *barn, unsigned long uaddr, int n)
{
	struct bale *bale = kzalloc(sizeof(*bale), GFP_KERNEL);
	int got;

	if (!bale)
		return -ENOMEM;
	bale->pages = kvmalloc_array(n, sizeof(*bale->pages), GFP_KERNEL);
	if (!bale->pages)
		goto free;
	got = pin_user_pages_fast(uaddr, n, FOLL_WRITE | FOLL_LONGTERM, bale->pages);
	if (got <= 0)
		goto free_pages;
	bale->n = got;
	list_add_tail(&bale->list, &barn->bales);
	return 0;
free_pages:
	kvfree(bale->pages);
free:
	kfree(bale);
	return -ENOMEM;
}

static int barn_close(struct inode *inode, struct file *file)
{
	struct barn *barn = file->private_data;
	struct bale *bale, *next;

	list_for_each_entry_safe(bale, next, &barn->bales, list) {
		list_del(&bale->list);
		bale_free(bale);
	}
	return 0;
}

const struct file_operations barn_fops = { .release = barn_close };

/* -- a helper whose flags its callers give: only one of them keeps the pages -- */

static struct page **silage_pin(unsigned long uaddr, int n, unsigned int flags)
{
	struct page **pages = kvmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int got;

	if (!pages)
		return ERR_PTR(-ENOMEM);
	got = pin_user_pages_fast(uaddr, n, flags, pages);
	if (got != n) {
		if (got > 0)
			unpin_user_pages(pages, got);
		kvfree(pages);
		return ERR_PTR(-EFAULT);
	}
	return pages;
}

static void silage_unpin(struct page **pages, int n)
{
	unpin_user_pages(pages, n);
	kvfree(pages);
}

struct silage {
	struct list_head list;
	struct page **pages;
	int n;
};

extern struct list_head silos;

int silage_look(unsigned long uaddr, int n)
{
	struct page **pages = silage_pin(uaddr, n, FOLL_WRITE);

	if (IS_ERR(pages))
		return PTR_ERR(pages);
	silage_unpin(pages, n);
	return 0;
}

int silage_register(struct silage *silage, unsigned long uaddr, int n)
{
	silage->pages = silage_pin(uaddr, n, FOLL_WRITE);	/* finding: no-longterm */
	if (IS_ERR(silage->pages))
		return PTR_ERR(silage->pages);
	silage->n = n;
	list_add(&silage->list, &silos);
	return 0;
}

int silage_register_right(struct silage *silage, unsigned long uaddr, int n)
{
	silage->pages = silage_pin(uaddr, n, FOLL_WRITE | FOLL_LONGTERM);
	if (IS_ERR(silage->pages))
		return PTR_ERR(silage->pages);
	silage->n = n;
	list_add(&silage->list, &silos);
	return 0;
}

void silage_unregister(struct silage *silage)
{
	silage_unpin(silage->pages, silage->n);
}

/* -- kept in an object, but dropped by the call that acquires -- */

struct stall {
	struct page *pages[16];
	int n;
};

static int stall_fill(struct stall *stall, unsigned long uaddr, int n)
{
	int got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, stall->pages);

	if (got < 0)
		return got;
	stall->n = got;
	return 0;
}

static void stall_empty(struct stall *stall)
{
	unpin_user_pages(stall->pages, stall->n);
	stall->n = 0;
}

int stall_use(struct stall *stall, unsigned long uaddr, int n)
{
	int ret = stall_fill(stall, uaddr, n);

	if (ret)
		return ret;
	stall_empty(stall);
	return 0;
}

/* An end that finds nothing, as each use cleans up behind itself. */
void stall_close(struct stall *stall)
{
	if (stall->n)
		stall_empty(stall);
}

/* -- dropped when a request is completed -- */

struct wagon {
	struct work_struct work;
	struct page *pages[16];
	int n;
};

static void wagon_free(struct wagon *wagon)
{
	unpin_user_pages(wagon->pages, wagon->n);
	kfree(wagon);
}

static void wagon_arrived(struct work_struct *work)
{
	wagon_free(container_of(work, struct wagon, work));
}

int wagon_send(struct wagon *wagon, unsigned long uaddr, int n)
{
	int got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, wagon->pages);

	if (got < 0)
		return got;
	wagon->n = got;
	INIT_WORK(&wagon->work, wagon_arrived);
	schedule_work(&wagon->work);
	return 0;
}

void wagon_cancel(struct wagon *wagon)
{
	wagon_free(wagon);
}

/* By the end of a count of references, which the user's closing is one of. */

struct crate {
	struct kref ref;
	struct page *pages[16];
	int n;
};

static void crate_release(struct kref *ref)
{
	struct crate *crate = container_of(ref, struct crate, ref);

	unpin_user_pages(crate->pages, crate->n);
	kfree(crate);
}

int crate_pack(struct crate *crate, unsigned long uaddr, int n)
{
	int got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, crate->pages);	/* finding: no-longterm */

	if (got <= 0)
		return -EFAULT;
	crate->n = got;
	return 0;
}

void crate_put(struct crate *crate)
{
	kref_put(&crate->ref, crate_release);
}

/* A pair of functions for others: whether they call both at once is not known. */

struct pair {
	struct page **pages;
	int n;
};

int pair_take(struct pair *pair, unsigned long uaddr, int n)
{
	struct page **pages = kvmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int got;

	if (!pages)
		return -ENOMEM;
	got = pin_user_pages_fast(uaddr, n, FOLL_WRITE, pages);
	if (got != n) {
		if (got > 0)
			unpin_user_pages(pages, got);
		kvfree(pages);
		return -EFAULT;
	}
	pair->pages = pages;
	pair->n = n;
	return 0;
}

void pair_drop(struct pair *pair)
{
	unpin_user_pages(pair->pages, pair->n);
	kvfree(pair->pages);
}

/* An array that is filled over and over, within a call of the code that has made its object. */

struct window {
	struct page **pages;
	int n;
};

static int window_get(struct window *window, unsigned long uaddr)
{
	int got = pin_user_pages_fast(uaddr, 8, FOLL_WRITE, window->pages);

	if (got <= 0)
		return -EFAULT;
	window->n = got;
	return 0;
}

static void window_put(struct window *window)
{
	if (window->n)
		unpin_user_pages(window->pages, window->n);
	window->n = 0;
}

int window_move(struct window *window, unsigned long uaddr)
{
	return window_get(window, uaddr);
}

void window_free(struct window *window)
{
	window_put(window);
	kvfree(window->pages);
	kfree(window);
}
