static void tls_decrypt_done(struct crypto_async_request *req, int err)
{
	struct scatterlist *sg;
	struct sk_buff *skb;
	unsigned int pages;

	skb = (struct sk_buff *)req->data;
	for_each_sg(sg_next(sgout), sg, UINT_MAX, pages) {
		if (!sg)
			break;
		put_page(sg_page(sg));
	}
}

static int tls_setup_from_iter(struct sock *sk, struct iov_iter *from,
			       struct page **pages)
{
	return iov_iter_get_pages(from, pages, length, max, &offset);
}

static int decrypt_internal(struct sock *sk, struct sk_buff *skb,
			    struct iov_iter *out_iov, bool async)
{
	int err, pages = 0;

	if (out_iov) {
		err = tls_setup_from_iter(sk, out_iov, &pages);
		if (err < 0)
			goto fallback_to_reg_recv;
	} else {
fallback_to_reg_recv:
		pages = 0;
	}
	for (; pages > 0; pages--)
		put_page(sg_page(&sgout[pages]));
	return err;
}
