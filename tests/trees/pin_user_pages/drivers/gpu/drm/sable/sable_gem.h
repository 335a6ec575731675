/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SABLE_GEM_H
#define _SABLE_GEM_H

#include <linux/mutex.h>
#include <linux/scatterlist.h>
#include <drm/drm_gem.h>

struct sable_gem_object;

struct sable_gem_ops {
	int (*get_pages)(struct sable_gem_object *obj);
	void (*release)(struct sable_gem_object *obj);
};

struct sable_userptr {
	unsigned long ptr;
	struct mm_struct *mm;
	bool ro;
};

struct sable_gem_object {
	struct drm_gem_object base;
	const struct sable_gem_ops *ops;
	struct mutex lock;
	struct page **pages;
	struct sg_table *sgt;
	struct sable_userptr userptr;
};

extern const struct sable_gem_ops sable_userptr_ops;

struct page **sable_gem_get_pages(struct sable_gem_object *obj);
void sable_gem_free(struct sable_gem_object *obj);

#endif
