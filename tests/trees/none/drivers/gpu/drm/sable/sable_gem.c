// SPDX-License-Identifier: GPL-2.0
/*
 * Sable: buffer objects. An object's pages come from shmem, or, for userptr
 * objects, from user memory (sable_userptr.c).
 */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include "sable_gem.h"

static int sable_shmem_get_pages(struct sable_gem_object *obj)
{
	struct page **p = drm_gem_get_pages(&obj->base);

	if (IS_ERR(p))
		return PTR_ERR(p);
	obj->pages = p;
	return 0;
}

static void sable_shmem_release(struct sable_gem_object *obj)
{
	if (obj->pages)
		drm_gem_put_pages(&obj->base, obj->pages, true, false);
	obj->pages = NULL;
}

static const struct sable_gem_ops sable_shmem_ops = {
	.get_pages = sable_shmem_get_pages,
	.release = sable_shmem_release,
};

/* called with obj->lock held */
struct page **sable_gem_get_pages(struct sable_gem_object *obj)
{
	if (!obj->pages) {
		int ret = obj->ops->get_pages(obj);

		if (ret < 0)
			return ERR_PTR(ret);
	}
	return obj->pages;
}

int sable_gem_map(struct sable_gem_object *obj, struct device *dev,
		  struct sg_table *sgt)
{
	struct page **pages;
	int ret;

	mutex_lock(&obj->lock);
	pages = sable_gem_get_pages(obj);
	ret = IS_ERR(pages) ? PTR_ERR(pages) : 0;
	if (ret)
		goto out;

	ret = sg_alloc_table_from_pages(sgt, pages,
					obj->base.size >> PAGE_SHIFT, 0,
					obj->base.size, GFP_KERNEL);
	if (ret)
		goto out;
	dma_map_sg(dev, sgt->sgl, sgt->nents, DMA_BIDIRECTIONAL);
	obj->sgt = sgt;
out:
	mutex_unlock(&obj->lock);
	return ret;
}
EXPORT_SYMBOL_GPL(sable_gem_map);

struct sable_gem_object *sable_gem_new(size_t size, unsigned long ptr)
{
	struct sable_gem_object *obj = kzalloc(sizeof(*obj), GFP_KERNEL);

	if (!obj)
		return ERR_PTR(-ENOMEM);
	mutex_init(&obj->lock);
	obj->base.size = size;
	if (ptr) {
		obj->ops = &sable_userptr_ops;
		obj->userptr.ptr = ptr;
		obj->userptr.mm = current->mm;
	} else {
		obj->ops = &sable_shmem_ops;
	}
	return obj;
}
EXPORT_SYMBOL_GPL(sable_gem_new);

void sable_gem_free(struct sable_gem_object *obj)
{
	obj->ops->release(obj);
	kfree(obj);
}
EXPORT_SYMBOL_GPL(sable_gem_free);

MODULE_LICENSE("GPL");
