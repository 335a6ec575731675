@@
identifier from;
@@
rds_message_zcopy_from_user(..., struct iov_iter *from)
{
	<+...
-	iov_iter_get_pages
+	iov_iter_ref_pages
		(from, ...)
	...+>
}
