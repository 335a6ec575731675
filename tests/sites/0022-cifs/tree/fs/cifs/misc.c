void cifs_aio_ctx_release(struct cifs_aio_ctx *ctx)
{
	unsigned i;

	for (i = 0; i < ctx->npages; i++) {
		if (ctx->should_dirty)
			set_page_dirty(ctx->bv[i].bv_page);
		put_page(ctx->bv[i].bv_page);
	}
}

int setup_aio_ctx_iter(struct cifs_aio_ctx *ctx, struct iov_iter *iter, int rw)
{
	ssize_t rc = iov_iter_get_pages(iter, pages, count, max_pages, &start);

	ctx->bv = bv;
	ctx->len = rc;
	ctx->npages = npages;
	return 0;
}
