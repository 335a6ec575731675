// Where the pages of an iterator go.
@taken@
identifier f, pages;
expression iter;
@@
f(...)
{
	<+...
	iov_iter_get_pages_alloc(iter, &pages, ...)
	...+>
}

@@
identifier taken.f, taken.pages, data;
identifier alloc =~ "^cifs_(read|write)data_direct_alloc$";
expression taken.iter;
@@
f(...)
{
	<+...
	data = alloc(pages, ...);
	if (!data) { ... }
+	data->user_pages = iov_iter_uses_gup(iter);
	...+>
}

// Where they are released: the functions that both kinds get to.
@@
identifier f =~ "^cifs_uncached_(read|write)data_release$";
identifier data, i;
symbol pages;
@@
f(...)
{
	<+...
-	put_page(data->pages[i]);
+	iov_iter_put_page(data->pages[i], data->user_pages);
	...+>
}

@@
identifier rdata, page;
@@
uncached_fill_pages(..., struct cifs_readdata *rdata, ...)
{
	<+...
-	put_page(page);
+	iov_iter_put_page(page, rdata->user_pages);
	...+>
}
