/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_DRM_DRM_GEM_H
#define _MINI_DRM_DRM_GEM_H

#include <linux/types.h>

struct page;

struct drm_gem_object {
	size_t size;
	void *filp;
};

struct page **drm_gem_get_pages(struct drm_gem_object *obj);
void drm_gem_put_pages(struct drm_gem_object *obj, struct page **pages,
		       bool dirty, bool accessed);

#endif
