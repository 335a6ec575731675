@@
identifier ctx, i;
symbol bv;
@@
- put_page(ctx->bv[i].bv_page)
+ iov_iter_put_page(ctx->bv[i].bv_page, ctx->user_pages)

@@
identifier ctx, iter;
symbol bv;
@@
setup_aio_ctx_iter(struct cifs_aio_ctx *ctx, struct iov_iter *iter, ...)
{
	<+...
	ctx->bv = bv;
+	ctx->user_pages = iov_iter_uses_gup(iter);
	...+>
}
