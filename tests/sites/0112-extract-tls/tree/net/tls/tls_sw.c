struct tls_decrypt_ctx {
	struct sock *sk;
	bool free_sgout;
	struct scatterlist sg[];
};

static void tls_decrypt_done(void *data, int err)
{
	struct aead_request *aead_req = crypto_get_completion_data(data);
	struct scatterlist *sgout = aead_req->dst;
	struct tls_decrypt_ctx *dctx = decrypt_ctx(aead_req);
	struct scatterlist *sg;
	unsigned int pages;

	if (dctx->free_sgout) {
		for_each_sg(sg_next(sgout), sg, UINT_MAX, pages) {
			if (!sg)
				break;
			put_page(sg_page(sg));
		}
	}
	kfree(aead_req);
}

static int tls_decrypt_async_wait(struct tls_sw_context_rx *ctx)
{
	return crypto_wait(ctx);
}

static int tls_setup_from_iter(struct iov_iter *from,
			       int length, int *pages_used,
			       struct scatterlist *to,
			       int to_max_pages)
{
	struct page *pages[MAX_SKB_FRAGS];
	ssize_t copied;
	size_t offset;
	int maxpages;

	while (length > 0) {
		maxpages = to_max_pages - *pages_used;
		copied = iov_iter_get_pages2(from, pages,
					    length,
					    maxpages, &offset);
		if (copied <= 0)
			return -EFAULT;
		length -= copied;
		*pages_used = scatter(to, pages, copied, offset);
	}
	return 0;
}

static int tls_decrypt_sg(struct sock *sk, struct iov_iter *out_iov,
			  struct scatterlist *out_sg)
{
	struct tls_decrypt_ctx *dctx;
	struct scatterlist *sgout = NULL;
	int err, n_sgout = 0, pages = 0;
	u8 *mem;

	mem = kmalloc(sizeof(*dctx), GFP_KERNEL);
	dctx = (struct tls_decrypt_ctx *)mem;
	sgout = &dctx->sg[0];
	if (out_iov) {
		err = tls_setup_from_iter(out_iov, 1, &pages, &sgout[1], n_sgout);
		if (err < 0)
			goto exit_free_pages;
	}
	dctx->free_sgout = !!pages;
	err = tls_do_decryption(sk, sgout);

exit_free_pages:
	/* Release the pages in case iov was mapped to pages */
	for (; pages > 0; pages--)
		put_page(sg_page(&sgout[pages]));
	kfree(mem);
	return err;
}
