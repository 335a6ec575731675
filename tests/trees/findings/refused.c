// SPDX-License-Identifier: GPL-2.0
/*
 * Functions that fail with the pages, and helpers that end in one that is out of sight; names of
 * pages in objects that others have. With twins that are right.
 */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct kiosk_call {
	unsigned long address;
	int number;
	int done;
};

struct kiosk_slot {
	struct page **pages;
	int nr;
};

struct kiosk {
	struct kiosk_slot slots[4];
	int count;
	struct page **pages;
	int nr;
};

int kiosk_send(int fd, void *data, int *error);
int kiosk_register(struct kiosk *kiosk, struct page **pages, int nr);
int kiosk_arm(struct kiosk *kiosk);
int kiosk_flag(struct kiosk *kiosk);

/* A helper in sight, whose last step is not. */
static int kiosk_issue(int fd, void *data, int *error)
{
	if (fd < 0)
		return -EBADF;
	return kiosk_send(fd, data, error);
}

/* It is released behind the call, so neither the helper nor what it calls has taken it. */
int kiosk_launch(int fd, unsigned long uaddr, int *error)
{
	struct kiosk_call call = {};
	struct page *page;
	int ret = get_user_pages_fast(uaddr, 1, 0, &page);

	if (ret != 1)
		return -EFAULT;
	call.address = page_to_phys(page);
	ret = kiosk_issue(fd, &call, error);
	if (ret)
		goto put;
	if (!call.number)
		return -EIO;			/* finding: unreleased */
put:
	put_page(page);
	return ret;
}

int kiosk_launch_right(int fd, unsigned long uaddr, int *error)
{
	struct kiosk_call call = {};
	struct page *page;
	int ret = get_user_pages_fast(uaddr, 1, 0, &page);

	if (ret != 1)
		return -EFAULT;
	call.address = page_to_phys(page);
	ret = kiosk_issue(fd, &call, error);
	if (!ret && !call.number)
		ret = -EIO;
	put_page(page);
	return ret;
}

/* Nothing but this function has them where the request is refused. */
int kiosk_refused(struct kiosk *kiosk, unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	int got, ret;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, nr, 0, pages);
	if (got != nr) {
		ret = -EFAULT;
		goto put;
	}
	ret = kiosk_register(kiosk, pages, nr);
	if (ret < 0)
		goto free;			/* finding: unreleased */
	return 0;
put:
	while (got > 0)
		put_page(pages[--got]);
free:
	kfree(pages);
	return ret;
}

int kiosk_refused_right(struct kiosk *kiosk, unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	int got, ret;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, nr, 0, pages);
	if (got != nr) {
		ret = -EFAULT;
		goto put;
	}
	ret = kiosk_register(kiosk, pages, nr);
	if (ret < 0)
		goto put;
	return 0;
put:
	while (got > 0)
		put_page(pages[--got]);
	kfree(pages);
	return ret;
}

/* One answer is no refusal: the pages come back later. */
int kiosk_later(struct kiosk *kiosk, unsigned long uaddr, struct page **pages)
{
	int ret = get_user_pages_fast(uaddr, 1, 0, pages);

	if (ret != 1)
		return -EFAULT;
	ret = kiosk_register(kiosk, pages, 1);
	if (ret == -EBUSY)
		return ret;
	put_page(pages[0]);
	return ret;
}

/* The request that the call was given tells whether it has taken them. */
int kiosk_done(struct kiosk_call *call, unsigned long uaddr)
{
	struct page *page;
	int ret = get_user_pages_fast(uaddr, 1, 0, &page);

	if (ret != 1)
		return -EFAULT;
	ret = kiosk_send(0, call, (int *)page);
	if (ret < 0) {
		if (call->done)
			return ret;
		put_page(page);
	}
	return ret;
}

/* The slot keeps the array; it is freed all the same, and nothing is released. */
int kiosk_fill(struct kiosk *kiosk, unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	struct kiosk_slot *slot;
	int got, ret = -EFAULT;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, nr, 0, pages);
	if (got != nr)
		goto put;
	slot = &kiosk->slots[kiosk->count];
	slot->pages = pages;
	slot->nr = nr;
	kiosk->count++;
	ret = kiosk_arm(kiosk);
	if (ret < 0) {
		kiosk->count--;
		goto free;			/* finding: unreleased */
	}
	return 0;
put:
	while (got > 0)
		put_page(pages[--got]);
free:
	kfree(pages);
	return ret;
}

int kiosk_fill_right(struct kiosk *kiosk, unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	struct kiosk_slot *slot;
	int got, ret = -EFAULT;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, nr, 0, pages);
	if (got != nr)
		goto put;
	slot = &kiosk->slots[kiosk->count];
	slot->pages = pages;
	slot->nr = nr;
	kiosk->count++;
	ret = kiosk_arm(kiosk);
	if (ret < 0) {
		kiosk->count--;
		goto put;
	}
	return 0;
put:
	while (got > 0)
		put_page(pages[--got]);
	kfree(pages);
	return ret;
}

/* The other slot goes on with them. */
int kiosk_moved(struct kiosk *kiosk, unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	struct kiosk_slot *slot = kiosk->slots;
	int got;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, nr, 0, pages);
	if (got != nr) {
		while (got > 0)
			put_page(pages[--got]);
		kfree(pages);
		return -EFAULT;
	}
	slot->pages = pages;
	slot->nr = nr;
	slot = &kiosk->slots[1];
	slot->nr = 0;
	return kiosk_arm(kiosk);
}

/* "a ? b : c" hands the object on; the memory with the page is freed before it. */
struct kiosk_page {
	struct page *page;
};

struct kiosk_page *kiosk_new(struct kiosk *kiosk, unsigned long uaddr)
{
	struct kiosk_page *own = kzalloc(sizeof(*own), GFP_KERNEL);
	int ret;

	if (!own)
		return NULL;
	ret = get_user_pages_fast(uaddr, 1, 0, &own->page) == 1 ? 0 : -EFAULT;
	if (ret)
		goto free;
	ret = kiosk_flag(kiosk);
free:
	if (ret)
		kfree(own);			/* finding: unreleased */
	return ret ? ERR_PTR(ret) : own;
}

struct kiosk_page *kiosk_new_right(struct kiosk *kiosk, unsigned long uaddr)
{
	struct kiosk_page *own = kzalloc(sizeof(*own), GFP_KERNEL);
	int ret;

	if (!own)
		return NULL;
	ret = get_user_pages_fast(uaddr, 1, 0, &own->page) == 1 ? 0 : -EFAULT;
	if (ret)
		goto free;
	ret = kiosk_flag(kiosk);
	if (ret)
		put_page(own->page);
free:
	if (ret)
		kfree(own);
	return ret ? ERR_PTR(ret) : own;
}

/* The last step is not tested: its error leaves the caller's page without a word. */
int kiosk_last(struct kiosk *kiosk, unsigned long uaddr, struct page **page)
{
	int ret = get_user_pages_fast(uaddr, 1, 0, page);

	if (ret != 1)
		return -EFAULT;
	ret = kiosk_arm(kiosk);
	if (ret < 0) {
		put_page(*page);
		return ret;
	}
	ret = kiosk_flag(kiosk);
	return ret;				/* finding: unreleased */
}

/* Nothing that a pin is found by goes on where the count of the object is 0. */
struct kiosk_batch {
	struct page *pages[8];
	int nr;
};

static int kiosk_add(struct kiosk_batch *batch, unsigned long uaddr)
{
	if (get_user_pages_fast(uaddr, 1, 0, &batch->pages[batch->nr]) != 1)
		return -EFAULT;
	batch->nr++;
	return 0;
}

static void kiosk_drop(struct kiosk_batch *batch)
{
	int i;

	for (i = 0; i < batch->nr; i++)
		put_page(batch->pages[i]);
	batch->nr = 0;
}

int kiosk_batched(unsigned long uaddr, int count)
{
	struct kiosk_batch batch;
	int i, ret = 0;

	batch.nr = 0;
	for (i = 0; i < count; i++) {
		ret = kiosk_add(&batch, uaddr + i);
		if (ret < 0)
			goto out;
	}
	if (batch.nr)
		kiosk_drop(&batch);
	return ret;
out:
	kiosk_drop(&batch);
	return ret;
}

/* All that the caller's table has of the page is a number; an earlier error releases it here. */
struct kiosk_row {
	unsigned long where;
	int users;
};

int kiosk_enable(struct kiosk *kiosk, struct kiosk_row *rows, unsigned long uaddr, int number)
{
	struct page *page;
	int ret;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	ret = kiosk_arm(kiosk);
	if (ret)
		goto put;
	rows[number].where = page_to_phys(page);
	rows[number].users++;
	ret = kiosk_flag(kiosk);
	return ret;				/* finding: unreleased */
put:
	put_page(page);
	return ret;
}

int kiosk_enable_right(struct kiosk *kiosk, struct kiosk_row *rows, unsigned long uaddr, int number)
{
	struct page *page;
	int ret;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	ret = kiosk_arm(kiosk);
	if (ret)
		goto put;
	rows[number].where = page_to_phys(page);
	rows[number].users++;
	ret = kiosk_flag(kiosk);
	if (!ret)
		return 0;
	rows[number].users--;
put:
	put_page(page);
	return ret;
}

void kiosk_disable(struct kiosk_row *rows, int number)
{
	if (!--rows[number].users)
		put_page(pfn_to_page(rows[number].where >> PAGE_SHIFT));
}
MODULE_LICENSE("GPL");
