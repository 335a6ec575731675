int amdgpu_gem_userptr_ioctl(struct amdgpu_bo *bo)
{
	int r = amdgpu_ttm_tt_get_user_pages(bo->tbo.ttm, bo->tbo.ttm->pages);

	if (r)
		release_pages(bo->tbo.ttm->pages, bo->tbo.ttm->num_pages);
	return r;
}
