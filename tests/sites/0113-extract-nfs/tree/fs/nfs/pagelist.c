static void nfs_page_assign_page(struct nfs_page *req, struct page *page)
{
	if (page != NULL) {
		req->wb_page = page;
		get_page(page);
	}
}

static void nfs_page_group_destroy(struct nfs_page *req)
{
	if (!nfs_page_group_sync_on_bit(req, PG_TEARDOWN))
		return;
	nfs_free_request(req);
}

static void nfs_clear_request(struct nfs_page *req)
{
	struct page *page = req->wb_page;

	if (page != NULL) {
		put_page(page);
		req->wb_page = NULL;
	}
}
