// SPDX-License-Identifier: GPL-2.0
/*
 * Pages that a loop or a helper puts in an object of this function's, which then goes without
 * them. With twins that are right.
 */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct bio;
struct bio *bio_alloc(gfp_t flags, unsigned int nr);
int bio_add_page(struct bio *bio, struct page *page, unsigned int len, unsigned int offset);
void bio_release_pages(struct bio *bio, bool dirty);
void bio_put(struct bio *bio);

struct crate {
	struct page **pages;
	int nr;
};

int crate_send(struct crate *crate);
int bio_send(struct bio *bio);

/* Only the pages that the bio has not taken are released. */
int crate_fill(unsigned long uaddr)
{
	struct page *pages[8];
	struct bio *bio = bio_alloc(GFP_KERNEL, 8);
	int i, got;

	if (!bio)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got <= 0) {
		bio_put(bio);
		return -EFAULT;
	}
	for (i = 0; i < got; i++)
		if (!bio_add_page(bio, pages[i], PAGE_SIZE, 0))
			break;
	if (i < got) {
		while (i < got)
			put_page(pages[i++]);
		bio_put(bio);			/* finding: unreleased */
		return -EINVAL;
	}
	return bio_send(bio);
}

int crate_fill_right(unsigned long uaddr)
{
	struct page *pages[8];
	struct bio *bio = bio_alloc(GFP_KERNEL, 8);
	int i, got;

	if (!bio)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got <= 0) {
		bio_put(bio);
		return -EFAULT;
	}
	for (i = 0; i < got; i++)
		if (!bio_add_page(bio, pages[i], PAGE_SIZE, 0))
			break;
	if (i < got) {
		while (i < got)
			put_page(pages[i++]);
		bio_release_pages(bio, false);
		bio_put(bio);
		return -EINVAL;
	}
	return bio_send(bio);
}

/* All of them are released from the array: those in the bio as well. */
int crate_fill_borrowed(unsigned long uaddr)
{
	struct page *pages[8];
	struct bio *bio = bio_alloc(GFP_KERNEL, 8);
	int i, got, ret = 0;

	if (!bio)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, 8, 0, pages);
	if (got <= 0) {
		bio_put(bio);
		return -EFAULT;
	}
	for (i = 0; i < got && !ret; i++)
		if (!bio_add_page(bio, pages[i], PAGE_SIZE, 0))
			ret = -EINVAL;
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	bio_put(bio);
	return ret;
}

static int crate_keep(struct crate *crate, struct page **pages, int nr)
{
	if (nr > 64)
		return -EINVAL;
	crate->pages = pages;
	crate->nr = nr;
	return 0;
}

static struct page **crate_get(unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	int i, got;

	if (!pages)
		return NULL;
	got = get_user_pages_fast(uaddr, nr, 0, pages);
	if (got < 0)
		got = 0;
	if (got == nr)
		return pages;
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	kfree(pages);
	return NULL;
}

static void crate_drop(struct page **pages, int nr)
{
	int i;

	for (i = 0; i < nr; i++)
		put_page(pages[i]);
	kfree(pages);
}

/* A helper has put them in the object: they go with it. */
struct crate *crate_make(unsigned long uaddr, int nr)
{
	struct crate *crate = kzalloc(sizeof(*crate), GFP_KERNEL);
	struct page **pages;

	if (!crate)
		return NULL;
	pages = crate_get(uaddr, nr);
	if (!pages)
		goto free;
	if (crate_keep(crate, pages, nr) < 0) {
		crate_drop(pages, nr);
		goto free;
	}
	if (nr & 1) {
		kfree(pages);
		goto free;			/* finding: unreleased */
	}
	return crate;
free:
	kfree(crate);
	return NULL;
}

struct crate *crate_make_right(unsigned long uaddr, int nr)
{
	struct crate *crate = kzalloc(sizeof(*crate), GFP_KERNEL);
	struct page **pages;

	if (!crate)
		return NULL;
	pages = crate_get(uaddr, nr);
	if (!pages)
		goto free;
	if (crate_keep(crate, pages, nr) < 0) {
		crate_drop(pages, nr);
		goto free;
	}
	if (nr & 1) {
		crate_drop(crate->pages, crate->nr);
		goto free;
	}
	return crate;
free:
	kfree(crate);
	return NULL;
}

struct vec {
	struct page *page;
	unsigned int len;
	unsigned int offset;
};

struct tray {
	struct vec *vecs;
	struct page **pages;
	int used;
	int room;
};

int tray_align(int got);

/* The array lies in the memory of the vecs: whoever has the tray finds no pages in it. */
int tray_fill(struct tray *tray, unsigned long uaddr)
{
	struct vec *vec = tray->vecs + tray->used;
	struct page **pages = (struct page **)vec;
	int i, got;

	pages += tray->room - tray->used;
	got = get_user_pages_fast(uaddr, tray->room - tray->used, 0, pages);
	if (got <= 0)
		return -EFAULT;
	if (tray_align(got) < 0)
		return -EINVAL;			/* finding: unreleased */
	for (i = 0; i < got; i++)
		vec[i].page = pages[i];
	tray->used += got;
	return 0;
}

int tray_fill_pages(struct tray *tray, unsigned long uaddr)
{
	struct page **pages = tray->pages + tray->used;
	int got;

	got = get_user_pages_fast(uaddr, tray->room - tray->used, 0, pages);
	if (got <= 0)
		return -EFAULT;
	if (tray_align(got) < 0)
		return -EINVAL;
	tray->used += got;
	return 0;
}

int bio_add_hw_page(void *queue, struct bio *bio, struct page *page, unsigned int len,
		    unsigned int offset, unsigned int max, bool *same_page);

/* It has merged the page with the one before it, and says so by a flag. */
int crate_merge(void *queue, struct bio *bio, unsigned long uaddr)
{
	bool same_page = false;
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	if (!bio_add_hw_page(queue, bio, page, PAGE_SIZE, 0, 8, &same_page)) {	/* finding: unreleased */
		put_page(page);
		return -EINVAL;
	}
	return 0;
}

int crate_merge_right(void *queue, struct bio *bio, unsigned long uaddr)
{
	bool same_page = false;
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	if (!bio_add_hw_page(queue, bio, page, PAGE_SIZE, 0, 8, &same_page)) {
		put_page(page);
		return -EINVAL;
	}
	if (same_page)
		put_page(page);
	return 0;
}
