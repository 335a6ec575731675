static struct nfs_page *
nfs_create_subreq(struct nfs_page *req, struct nfs_page *last)
{
	struct nfs_page *ret = __nfs_create_request(req->wb_page);

	if (!IS_ERR(ret)) {
		nfs_lock_request(ret);
		ret->wb_index = req->wb_index;
	}
	return ret;
}

static void nfs_clear_request(struct nfs_page *req)
{
	struct page *page = req->wb_page;

	if (page != NULL) {
		put_page(page);
		req->wb_page = NULL;
	}
}
