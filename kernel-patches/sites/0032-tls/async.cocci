@@
identifier skb, out_iov, err;
statement s;
@@
decrypt_internal(..., struct sk_buff *skb, struct iov_iter *out_iov, ...)
{
	<+...
	err = tls_setup_from_iter(...);
	if (err < 0) s
+	tls_msg(skb)->user_pages = iov_iter_uses_gup(out_iov);
	...+>
}

// The pages are released last: the skb may be gone by then.
@@
identifier skb, sg;
type T;
expression e;
@@
tls_decrypt_done(...)
{
	... when any
	struct sk_buff *skb;
+	bool user_pages;
	<+...
	skb = (T)e;
+	user_pages = tls_msg(skb)->user_pages;
	...+>
}

@@
identifier sg;
@@
tls_decrypt_done(...)
{
	<+...
-	put_page(sg_page(sg));
+	iov_iter_put_page(sg_page(sg), user_pages);
	...+>
}
