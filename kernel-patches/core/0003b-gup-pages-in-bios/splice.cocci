@@
symbol pages, n;
@@
iter_to_pipe(...)
{
	<...
-	put_page(pages[n])
+	put_user_page(pages[n])
	...>
}

@@
symbol user_page_pipe_buf_ops;
@@
const struct pipe_buf_operations user_page_pipe_buf_ops = {
-	.release = page_cache_pipe_buf_release,
+	.release = user_page_pipe_buf_release,
};

@@
symbol user_page_pipe_buf_ops;
@@
const struct pipe_buf_operations user_page_pipe_buf_ops = {
-	.get = generic_pipe_buf_get,
+	.get = user_page_pipe_buf_get,
};
