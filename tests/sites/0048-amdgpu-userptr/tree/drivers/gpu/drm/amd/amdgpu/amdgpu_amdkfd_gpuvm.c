static int init_user_pages(struct kgd_mem *mem, struct amdgpu_bo *bo)
{
	int ret = amdgpu_ttm_tt_get_user_pages(bo->tbo.ttm, mem->user_pages);

	if (ret)
		release_pages(mem->user_pages, bo->tbo.ttm->num_pages);
	return ret;
}
