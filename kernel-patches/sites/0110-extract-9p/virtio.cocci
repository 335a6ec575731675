// The vector is still the function's to allocate, and only to be had with pages in it.
@@
identifier data, pages, n, offs;
expression count;
@@
p9_get_mapped_pages(...)
{
	<+...
-	n = iov_iter_get_pages_alloc2(data, pages, count, offs);
-	if (n < 0)
-		return n;
+	n = iov_iter_extract_pages(data, pages, count, INT_MAX, 0, offs);
+	if (n <= 0) {
+		kvfree(*pages);
+		*pages = NULL;
+		return n;
+	}
	...+>
}

// Which iterator the pages of an array came from.
@taken@
identifier pages, iter;
expression chan;
@@
	p9_get_mapped_pages(chan, &pages, iter, ...)

@@
identifier taken.pages, taken.iter;
expression n;
@@
	p9_release_pages(pages, n
+		, iov_iter_extract_will_pin(iter)
		)
