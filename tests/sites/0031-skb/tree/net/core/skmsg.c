int sk_msg_zerocopy_from_iter(struct sock *sk, struct iov_iter *from,
			      struct sk_msg *msg, u32 bytes)
{
	return iov_iter_get_pages(from, pages, bytes, maxpages, &offset);
}
