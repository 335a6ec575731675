@@
identifier nr;
@@
__get_user_pages_fast(...)
{
	<...
	nr = gup_track_pages(pages, nr);
+	if (write)
+		nr = gup_drop_cleaned(pages, nr);
	...>
}

@has_flags@
identifier nr;
@@
get_user_pages_fast(..., unsigned int gup_flags, ...)
{
	<...
	nr = gup_track_pages(pages, nr);
+	if (gup_flags & FOLL_WRITE)
+		nr = gup_drop_cleaned(pages, nr);
	...>
}

@has_write@
identifier nr;
@@
get_user_pages_fast(..., int write, ...)
{
	<...
	nr = gup_track_pages(pages, nr);
+	if (write)
+		nr = gup_drop_cleaned(pages, nr);
	...>
}

@@
identifier ret;
@@
(
	ret = gup_track_longterm(pages, ret);
+	if (ret > 0 && (gup_flags & FOLL_WRITE))
+		gup_refault_cleaned(current->mm, start, pages, ret);
)
