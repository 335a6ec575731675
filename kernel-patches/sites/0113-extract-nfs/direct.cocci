@taken@
identifier f, pagevec, iter;
@@
f(..., struct iov_iter *iter, ...)
{
	<+...
	iov_iter_get_pages_alloc2(iter, &pagevec, ...)
	...+>
}

@@
identifier taken.f, taken.iter;
symbol requested_bytes;
@@
f(...)
{
	... when any
	size_t requested_bytes = 0;
+	bool pinned = iov_iter_extract_will_pin(iter);
	... when any
}

// The vector is still the function's to allocate, and the caller's to free.
@@
identifier taken.f, taken.pagevec, taken.iter, result, pgbase;
expression size;
@@
f(...)
{
	<+...
-	result = iov_iter_get_pages_alloc2(iter, &pagevec, size, &pgbase);
-	if (result < 0)
-		break;
+	result = iov_iter_extract_pages(iter, &pagevec, size, UINT_MAX, 0,
+					&pgbase);
+	if (result <= 0) {
+		kvfree(pagevec);
+		break;
+	}
	...+>
}

@exists@
identifier taken.f, taken.pagevec;
@@
f(...)
{
	... when any
-	struct page **pagevec;
+	struct page **pagevec = NULL;
	... when any
}

@@
identifier taken.f, taken.pagevec, req, create =~ "^nfs_(page_create_from_page|create_request)$";
expression i;
statement s;
@@
f(...)
{
	<+...
	req = create(..., pagevec[i], ...);
	if (IS_ERR(req)) s
+	if (pinned) {
+		nfs_page_take_pin(req);
+		taken++;
+	}
	...+>
}

@@
identifier taken.f, taken.pagevec;
expression n;
@@
f(...)
{
	<+...
-	nfs_direct_release_pages(pagevec, n);
+	if (pinned)
+		unpin_user_pages(pagevec + taken, n - taken);
	...+>
}
