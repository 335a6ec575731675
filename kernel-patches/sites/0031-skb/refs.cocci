@@
identifier f =~ "^(__zerocopy_sg_from_iter|sk_msg_zerocopy_from_iter)$";
identifier from;
@@
f(..., struct iov_iter *from, ...)
{
	<+...
-	iov_iter_get_pages
+	iov_iter_ref_pages
		(from, ...)
	...+>
}
