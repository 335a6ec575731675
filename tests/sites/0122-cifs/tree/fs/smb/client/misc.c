// SPDX-License-Identifier: GPL-2.0-only
struct cifs_aio_ctx *cifs_aio_ctx_alloc(void)
{
	struct cifs_aio_ctx *ctx;

	ctx = kzalloc(sizeof(struct cifs_aio_ctx), GFP_KERNEL);
	return ctx;
}

void cifs_aio_ctx_release(struct cifs_aio_ctx *ctx)
{
	/*
	 * which means that iov_iter_get_pages() was a success and thus that
	 * we have taken reference on pages.
	 */
	if (ctx->bv) {
		for (i = 0; i < ctx->npages; i++) {
			if (ctx->should_dirty)
				set_page_dirty(ctx->bv[i].bv_page);
			put_page(ctx->bv[i].bv_page);
		}
	}
}

#define CIFS_AIO_KMALLOC_LIMIT (1024 * 1024)

int setup_aio_ctx_iter(struct cifs_aio_ctx *ctx, struct iov_iter *iter, int rw)
{
	while (count && npages < max_pages) {
		rc = iov_iter_get_pages2(iter, pages, count, max_pages, &start);
		count -= rc;
	}
	ctx->bv = bv;
	return 0;
}
