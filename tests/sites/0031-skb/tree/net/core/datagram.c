int __zerocopy_sg_from_iter(struct sock *sk, struct sk_buff *skb,
			    struct iov_iter *from, size_t length)
{
	return iov_iter_get_pages(from, pages, length, max, &start);
}
