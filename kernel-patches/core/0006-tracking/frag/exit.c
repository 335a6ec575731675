	/*
	 * Pages for a long time are tracked by the caller, when it has decided
	 * to keep them: a tracked page cannot be migrated.
	 */
	if (i > 0 && pages && !(gup_flags & FOLL_LONGTERM)) {
		i = gup_track_pages(pages, i);
		if (!i)
			ret = -ENOMEM;
	}
	return i ? i : ret;
