static int amdgpu_cs_parser_bos(struct amdgpu_bo_list_entry *e)
{
	int r = amdgpu_ttm_tt_get_user_pages(ttm, e->user_pages);

	if (r)
		release_pages(e->user_pages,
			      e->robj->tbo.ttm->num_pages);
	return r;
}
