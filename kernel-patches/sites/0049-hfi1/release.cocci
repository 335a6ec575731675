@@
identifier mm, p, npages, dirty, i;
@@
hfi1_release_user_pages(struct mm_struct *mm, struct page **p, size_t npages, bool dirty)
{
-	size_t i;
-
-	for (i = 0; i < npages; i++) {
-		if (dirty)
-			set_page_dirty_lock(p[i]);
-		put_page(p[i]);
-	}
+	put_user_pages_dirty_lock(p, npages, dirty);
	...
}
