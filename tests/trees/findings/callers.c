// SPDX-License-Identifier: GPL-2.0
/* Pages that a helper hands out and its caller leaves behind, and twins that are right. */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct crate {
	struct device *dev;
	struct page **pages;
	struct page *slot[8];
	dma_addr_t dma[8];
	int nr;
};

/* An array by the result. */
static struct page **crate_hold(unsigned long uaddr, int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	int got;

	if (!pages)
		return ERR_PTR(-ENOMEM);
	got = get_user_pages_fast(uaddr, nr, FOLL_WRITE, pages);
	if (got != nr) {
		if (got > 0)
			release_pages(pages, got);
		kfree(pages);
		return ERR_PTR(-EFAULT);
	}
	return pages;
}

int crate_result_forgotten(unsigned long uaddr, int nr)
{
	struct page **pages = crate_hold(uaddr, nr);
	int *sums;

	if (IS_ERR(pages))
		return PTR_ERR(pages);
	sums = kcalloc(nr, sizeof(*sums), GFP_KERNEL);
	if (!sums) {
		kfree(pages);			/* finding: unreleased */
		return -ENOMEM;
	}
	release_pages(pages, nr);
	kfree(pages);
	kfree(sums);
	return 0;
}

int crate_result_released(unsigned long uaddr, int nr)
{
	struct page **pages = crate_hold(uaddr, nr);
	int *sums;

	if (IS_ERR(pages))
		return PTR_ERR(pages);
	sums = kcalloc(nr, sizeof(*sums), GFP_KERNEL);
	release_pages(pages, nr);
	kfree(pages);
	if (!sums)
		return -ENOMEM;
	kfree(sums);
	return 0;
}

/* In an array of the caller's; how many came is the result. */
static int crate_lock(unsigned long uaddr, int nr, struct page **pages)
{
	int got = get_user_pages_fast(uaddr, nr, 0, pages);

	if (got >= 0 && got < nr) {
		release_pages(pages, got);
		got = -EFAULT;
	}
	return got;
}

int crate_array_forgotten(unsigned long uaddr)
{
	struct page *own[8];
	int got = crate_lock(uaddr, 8, own);

	if (got < 0)
		return got;
	if (PageCompound(own[0]))
		return -EINVAL;			/* finding: unreleased */
	release_pages(own, got);
	return 0;
}

int crate_array_released(unsigned long uaddr)
{
	struct page *own[8];
	int ret = 0, got = crate_lock(uaddr, 8, own);

	if (got < 0)
		return got;
	if (PageCompound(own[0]))
		ret = -EINVAL;
	release_pages(own, got);
	return ret;
}

/* All there, in the object, and an error: the mapping failed. */
static int crate_map(struct crate *crate, unsigned long uaddr)
{
	int i, got;

	got = get_user_pages_fast(uaddr, 8, FOLL_WRITE, crate->slot);
	if (got < 0)
		return got;
	if (got != 8) {
		release_pages(crate->slot, got);
		return -EFAULT;
	}
	for (i = 0; i < 8; i++) {
		crate->dma[i] = dma_map_page(crate->dev, crate->slot[i], 0, PAGE_SIZE, DMA_TO_DEVICE);
		if (dma_mapping_error(crate->dev, crate->dma[i]))
			return -EIO;			/* finding: unreleased */
	}
	return 0;
}

struct crate *crate_mapped_or_lost(struct device *dev, unsigned long uaddr)
{
	struct crate *crate = kzalloc(sizeof(*crate), GFP_KERNEL);
	int ret;

	if (!crate)
		return ERR_PTR(-ENOMEM);
	crate->dev = dev;
	ret = crate_map(crate, uaddr);
	if (ret < 0) {
		kfree(crate);
		return ERR_PTR(ret);
	}
	return crate;
}

/* Two calls up, and the object is a variable of the function's. */
static int crate_map_again(struct crate *crate, unsigned long uaddr)
{
	int ret = crate_map(crate, uaddr);

	if (ret == 0)
		crate->nr = 8;
	return ret;
}

int crate_two_up(struct device *dev, unsigned long uaddr)
{
	struct crate crate = { .dev = dev };
	int ret = crate_map_again(&crate, uaddr);

	if (ret < 0)
		return ret;
	release_pages(crate.slot, 8);
	return 0;
}

/* The array goes to the caller by a pointer, which keeps it. */
static int crate_fetch(struct page ***out, unsigned long uaddr, int nr)
{
	struct page **pages = crate_hold(uaddr, nr);

	if (IS_ERR(pages))
		return PTR_ERR(pages);
	*out = pages;
	return 0;
}

int crate_fetched_and_lost(unsigned long uaddr, int nr, int check)
{
	struct page **pages;
	int ret = crate_fetch(&pages, uaddr, nr);

	if (ret)
		return ret;
	if (check) {
		kfree(pages);			/* finding: unreleased */
		return -EPERM;
	}
	release_pages(pages, nr);
	kfree(pages);
	return 0;
}

int crate_fetched_and_kept(struct crate *crate, unsigned long uaddr, int nr)
{
	struct page **pages;
	int ret = crate_fetch(&pages, uaddr, nr);

	if (ret)
		return ret;
	crate->pages = pages;
	crate->nr = nr;
	return 0;
}

void crate_drop(struct crate *crate)
{
	release_pages(crate->pages, crate->nr);
	kfree(crate->pages);
}

/* The caller cleans up whatever happened: by a state that only it and its helper know. */
static void crate_clean(struct crate *crate)
{
	if (crate->nr)
		release_pages(crate->slot, crate->nr);
	kfree(crate);
}

int crate_cleaned_by_state(struct device *dev, unsigned long uaddr)
{
	struct crate *crate = kzalloc(sizeof(*crate), GFP_KERNEL);
	int ret;

	if (!crate)
		return -ENOMEM;
	crate->dev = dev;
	ret = crate_map_again(crate, uaddr);
	crate_clean(crate);
	return ret;
}

MODULE_LICENSE("GPL");
