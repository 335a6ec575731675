@@
identifier vec, pages, i;
@@
put_vaddr_frames(struct frame_vector *vec)
{
	<+...
-	put_page(pages[i]);
+	put_user_page(pages[i]);
	...+>
}
