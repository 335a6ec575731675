// SPDX-License-Identifier: GPL-2.0
/*
 * Locket: memory shared with the secure world
 */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

#define LOCKET_SHM_USER		1
#define LOCKET_SHM_KERNEL	2

struct locket_shm {
	unsigned long flags;
	struct page **pages;
	size_t num_pages;
	struct page *header;
};

/* Both the error path and the last user come here. */
static void locket_shm_drop(struct locket_shm *shm)
{
	if (shm->pages) {
		release_pages(shm->pages, shm->num_pages);
		kfree(shm->pages);
	}
	if (shm->header)
		put_page(shm->header);
	kfree(shm);
}

struct locket_shm *locket_shm_register(unsigned long addr, size_t length)
{
	unsigned long start = addr & PAGE_MASK;
	int num_pages = DIV_ROUND_UP(addr + length - start, PAGE_SIZE);
	struct locket_shm *shm;
	int rc;

	shm = kzalloc(sizeof(*shm), GFP_KERNEL);
	if (!shm)
		return ERR_PTR(-ENOMEM);

	shm->flags = LOCKET_SHM_USER;
	shm->header = alloc_page(GFP_KERNEL);
	shm->pages = kcalloc(num_pages, sizeof(*shm->pages), GFP_KERNEL);
	if (!shm->header || !shm->pages) {
		rc = -ENOMEM;
		goto err;
	}

	rc = get_user_pages_fast(start, num_pages, FOLL_WRITE, shm->pages);
	if (rc > 0)
		shm->num_pages = rc;
	if (rc != num_pages) {
		if (rc >= 0)
			rc = -ENOMEM;
		goto err;
	}
	return shm;

err:
	locket_shm_drop(shm);
	return ERR_PTR(rc);
}
EXPORT_SYMBOL_GPL(locket_shm_register);

void locket_shm_put(struct locket_shm *shm)
{
	if (WARN_ON(shm->flags & LOCKET_SHM_KERNEL))
		return;
	locket_shm_drop(shm);
}
EXPORT_SYMBOL_GPL(locket_shm_put);

MODULE_LICENSE("GPL");
