	if (i > 0 && pages) {
		i = gup_track_pages(pages, i);
		if (!i)
			ret = -ENOMEM;
	}
	return i ? i : ret;
