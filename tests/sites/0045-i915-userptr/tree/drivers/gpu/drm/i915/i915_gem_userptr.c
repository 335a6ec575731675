static int i915_gem_userptr_worker(struct work_struct *work)
{
	return get_user_pages_remote(task, mm, addr, n, flags, pvec, NULL, NULL);
}

static void i915_gem_userptr_put_pages(struct drm_i915_gem_object *obj,
				       struct sg_table *pages)
{
	struct sgt_iter sgt_iter;
	struct page *page;

	for_each_sgt_page(page, sgt_iter, pages) {
		mark_page_accessed(page);
		put_page(page);
	}
}
