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
+		, iov_iter_uses_gup(iter)
		)
