// The server's buffer. That the pages are a user's is what the callers of
// fuse_copy_init() check.
@@
symbol cs;
@@
fuse_copy_finish(struct fuse_copy_state *cs)
{
	<+...
-	put_page(cs->pg);
+	put_user_page(cs->pg);
	...+>
}
