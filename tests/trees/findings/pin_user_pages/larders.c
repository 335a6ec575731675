// SPDX-License-Identifier: GPL-2.0
/* Objects with pages that one function makes and another one releases, and who forgets to. */
#include <linux/err.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

struct shelf;
struct box {
	int sealed;
	struct shelf *in;
};

struct larder {
	struct sg_table sgt;
	size_t size;
	unsigned long start;
};

struct cook {
	struct larder *larder;
	struct box box;
	struct list_head list;
	struct shelf *shelf;
	unsigned int key;
	bool guest;
};

unsigned long larder_blocks(struct larder *larder, unsigned long size);
int box_seal(struct shelf *shelf, struct box *box, unsigned long blocks);
void box_open(struct shelf *shelf, struct box *box);
int shelf_write(struct shelf *shelf, struct larder *larder, unsigned int *key);
void shelf_forget(struct shelf *shelf, unsigned int key);
int shelf_tell(void *to, unsigned int key);
bool shelf_is_guest(struct shelf *shelf);
void shelf_clear(struct shelf *shelf);

static void larder_empty(struct larder *larder)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(larder->sgt.sgl, sg, larder->sgt.nents, i)
		unpin_user_page(sg_page(sg));
	sg_free_table(&larder->sgt);
}

/* -- the service: pages lie in a table, which grows in rounds -- */

struct larder *larder_get(unsigned long start, unsigned long left)
{
	struct larder *larder;
	struct page **pages;
	int got, ret = 0;

	larder = kzalloc(sizeof(*larder), GFP_KERNEL);
	if (!larder)
		return ERR_PTR(-ENOMEM);
	pages = kcalloc(left, sizeof(*pages), GFP_KERNEL);
	if (!pages) {
		ret = -ENOMEM;
		goto free;
	}
	while (left) {
		got = pin_user_pages_fast(start, left, FOLL_LONGTERM, pages);
		if (got < 0) {
			ret = got;
			goto release;
		}
		start += got * PAGE_SIZE;
		left -= got;
		ret = sg_alloc_table_from_pages(&larder->sgt, pages, got, 0, got * PAGE_SIZE,
						GFP_KERNEL);
		if (ret) {
			unpin_user_pages(pages, got);
			goto release;
		}
	}
	goto out;

release:
	larder_empty(larder);
out:
	kfree(pages);
free:
	if (ret)
		kfree(larder);
	return ret ? ERR_PTR(ret) : larder;
}

void larder_put(struct larder *larder)
{
	if (!larder)
		return;
	larder_empty(larder);
	kfree(larder);
}

/* -- its users -- */

/* The object that keeps it is freed without it. */
struct cook *cook_new(struct shelf *shelf, unsigned long start, size_t size)
{
	struct cook *cook = kzalloc(sizeof(*cook), GFP_KERNEL);
	int err;

	if (!cook)
		return ERR_PTR(-ENOMEM);
	cook->larder = larder_get(start, size);
	if (IS_ERR(cook->larder)) {
		err = PTR_ERR(cook->larder);
		goto free;
	}
	err = box_seal(shelf, &cook->box, larder_blocks(cook->larder, size));
	if (err)
		goto free;					/* finding: unreleased */
	err = shelf_write(shelf, cook->larder, &cook->key);
	if (err)
		goto put;
	return cook;
put:
	box_open(shelf, &cook->box);
	larder_put(cook->larder);
free:
	kfree(cook);
	return ERR_PTR(err);
}

/* Right: the same, and it is what another one is embedded in. */
struct box *cook_new_box(struct shelf *shelf, unsigned long start, size_t size)
{
	struct cook *cook = kzalloc(sizeof(*cook), GFP_KERNEL);
	int err;

	if (!cook)
		return ERR_PTR(-ENOMEM);
	cook->larder = larder_get(start, size);
	if (IS_ERR(cook->larder)) {
		err = PTR_ERR(cook->larder);
		goto free;
	}
	err = box_seal(shelf, &cook->box, larder_blocks(cook->larder, size));
	if (err)
		goto put;
	err = shelf_write(shelf, cook->larder, &cook->key);
	if (err)
		goto open;
	return &cook->box;
open:
	box_open(shelf, &cook->box);
put:
	larder_put(cook->larder);
free:
	kfree(cook);
	return ERR_PTR(err);
}

/* Nothing ever releases it, and it is asked for a number only. */
int cook_once(struct shelf *shelf, unsigned long start, size_t size)
{
	struct larder *larder = larder_get(start, size);

	if (IS_ERR(larder))
		return PTR_ERR(larder);
	if (!larder_blocks(larder, PAGE_SIZE))
		return -EINVAL;					/* finding: unreleased */
	return shelf_tell(shelf, larder->size);			/* finding: unreleased */
}

int cook_once_right(struct shelf *shelf, unsigned long start, size_t size)
{
	struct larder *larder = larder_get(start, size);
	int err = -EINVAL;

	if (IS_ERR(larder))
		return PTR_ERR(larder);
	if (larder_blocks(larder, PAGE_SIZE))
		err = shelf_tell(shelf, larder->size);
	larder_put(larder);
	return err;
}

/* A helper makes it, and the copy to the user fails behind. */
static struct larder *cook_hire(struct cook *cook, unsigned long start, size_t size)
{
	if (cook->guest)
		size = PAGE_SIZE;
	return larder_get(start, size);
}

int cook_publish(struct cook *cook, unsigned long start, size_t size, void *to)
{
	struct larder *larder = cook_hire(cook, start, size);
	int err;

	if (IS_ERR(larder))
		return PTR_ERR(larder);
	err = shelf_write(cook->shelf, larder, &cook->key);
	if (err) {
		larder_put(larder);
		return err;
	}
	if (shelf_tell(to, cook->key))
		return -EFAULT;					/* finding: unreleased */
	cook->larder = larder;
	return 0;
}

int cook_publish_right(struct cook *cook, unsigned long start, size_t size, void *to)
{
	struct larder *larder = cook_hire(cook, start, size);
	int err;

	if (IS_ERR(larder))
		return PTR_ERR(larder);
	err = shelf_write(cook->shelf, larder, &cook->key);
	if (err)
		goto put;
	err = shelf_tell(to, cook->key);
	if (err)
		goto forget;
	cook->larder = larder;
	return 0;
forget:
	shelf_forget(cook->shelf, cook->key);
put:
	larder_put(larder);
	return err;
}

/* The caller's object keeps it on an error; the next call puts another one there. */
int cook_create(struct cook *cook, unsigned long start, size_t size)
{
	int err;

	cook->larder = larder_get(start, size);
	if (IS_ERR(cook->larder))
		return PTR_ERR(cook->larder);
	err = box_seal(cook->shelf, &cook->box, larder_blocks(cook->larder, size));
	if (err)
		return err;					/* finding: unreleased */
	return 0;
}

/* Right: it is replaced, and goes with the object. */
int cook_replace(struct cook *cook, unsigned long start, size_t size)
{
	larder_put(cook->larder);
	cook->larder = larder_get(start, size);
	if (IS_ERR(cook->larder)) {
		int err = PTR_ERR(cook->larder);

		cook->larder = NULL;
		return err;
	}
	return box_seal(cook->shelf, &cook->box, larder_blocks(cook->larder, size));
}

/* Right: the same question has the same answer. */
int cook_of_shelf(struct cook *cook, unsigned long start, size_t size)
{
	int err;

	if (!shelf_is_guest(cook->shelf)) {
		cook->larder = larder_get(start, size);
		if (IS_ERR(cook->larder))
			return PTR_ERR(cook->larder);
	}
	err = box_seal(cook->shelf, &cook->box, size);
	if (!err)
		return 0;
	if (!shelf_is_guest(cook->shelf))
		larder_put(cook->larder);
	else
		shelf_clear(cook->shelf);
	return err;
}

void cook_end(struct cook *cook)
{
	box_open(cook->shelf, &cook->box);
	larder_put(cook->larder);
	kfree(cook);
}

/* Freed as the memory that it is, and not as what it holds. */
int cook_taste(struct shelf *shelf, unsigned long start, unsigned int *key)
{
	struct larder *larder = larder_get(start, 1);
	int err;

	if (IS_ERR(larder))
		return PTR_ERR(larder);
	err = shelf_write(shelf, larder, key);
	if (err) {
		kfree(larder);					/* finding: unreleased */
		return err;
	}
	larder_put(larder);
	return 0;
}

/* Released where it failed, and again on the way out. */
int cook_twice(struct shelf *shelf, unsigned long start, unsigned int *key, void *to)
{
	struct larder *larder = larder_get(start, 1);
	int err;

	if (IS_ERR(larder))
		return PTR_ERR(larder);
	err = shelf_write(shelf, larder, key);
	if (err) {
		larder_put(larder);
		goto out;
	}
	err = shelf_tell(to, *key);
out:
	larder_put(larder);					/* finding: double */
	return err;
}

/* Right: there is another one by then, or none. */
int cook_again(struct shelf *shelf, unsigned long start, unsigned int *key, void *to)
{
	struct larder *larder = larder_get(start, 1);
	int err;

	if (IS_ERR(larder))
		return PTR_ERR(larder);
	err = shelf_write(shelf, larder, key);
	if (err) {
		larder_put(larder);
		larder = larder_get(start + PAGE_SIZE, 1);
		if (IS_ERR(larder))
			return PTR_ERR(larder);
	}
	err = shelf_tell(to, *key);
	if (err) {
		larder_put(larder);
		larder = NULL;
	}
	larder_put(larder);
	return err;
}

/* -- a service that fills an object of its caller's -- */

struct crock {
	struct sg_table sgt;
	struct page **pages;
	int nr;
};

int crock_fill(struct crock *crock, unsigned long start, int nr)
{
	int got, ret;

	crock->pages = kcalloc(nr, sizeof(*crock->pages), GFP_KERNEL);
	if (!crock->pages)
		return -ENOMEM;
	got = pin_user_pages_fast(start, nr, FOLL_LONGTERM, crock->pages);
	if (got != nr) {
		ret = got < 0 ? got : -EFAULT;
		goto put;
	}
	crock->nr = nr;
	ret = sg_alloc_table_from_pages(&crock->sgt, crock->pages, nr, 0, nr * PAGE_SIZE,
					GFP_KERNEL);
	if (ret)
		goto put;
	return 0;
put:
	if (got > 0)
		unpin_user_pages(crock->pages, got);
	kfree(crock->pages);
	return ret;
}

void crock_drain(struct crock *crock)
{
	unpin_user_pages(crock->pages, crock->nr);
	kfree(crock->pages);
	sg_free_table(&crock->sgt);
}

int crock_hang(struct shelf *shelf, struct crock *crock);

struct crock *crock_new(struct shelf *shelf, unsigned long start, int nr)
{
	struct crock *crock = kzalloc(sizeof(*crock), GFP_KERNEL);
	int err;

	if (!crock)
		return ERR_PTR(-ENOMEM);
	err = crock_fill(crock, start, nr);
	if (err)
		goto free;
	err = crock_hang(shelf, crock);
	if (err)
		goto free;					/* finding: unreleased */
	return crock;
free:
	kfree(crock);
	return ERR_PTR(err);
}

struct crock *crock_new_right(struct shelf *shelf, unsigned long start, int nr)
{
	struct crock *crock = kzalloc(sizeof(*crock), GFP_KERNEL);
	int err;

	if (!crock)
		return ERR_PTR(-ENOMEM);
	err = crock_fill(crock, start, nr);
	if (err)
		goto free;
	err = crock_hang(shelf, crock);
	if (err)
		goto drain;
	return crock;
drain:
	crock_drain(crock);
free:
	kfree(crock);
	return ERR_PTR(err);
}
