@exists@
identifier T, iter, uiter;
expression size, max, start;
@@
ublk_copy_user_pages(...)
{
	... when any
	struct T iter;
+	struct page **ppages = iter.pages;
	... when any
-	iov_iter_get_pages2(uiter, iter.pages, size, max, start)
+	iov_iter_extract_pages(uiter, &ppages, size, max, 0, start)
	... when any
}

@@
identifier iter, i;
@@
ublk_copy_user_pages(...)
{
	<+...
-	put_page(iter.pages[i]);
+	unpin_user_page(iter.pages[i]);
	...+>
}
