// The pages are for a long time, and are counted at the end.
@@
identifier ret;
@@
(
	ret = gup_track_longterm(pages, ret);
+	if (ret > 0 && (gup_flags & FOLL_WRITE))
+		gup_refault_cleaned(current->mm, start, pages, ret);
)
