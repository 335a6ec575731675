		long nr = i;

		i = gup_track_pages(pages, nr);
		if (i == nr && (gup_flags & FOLL_WRITE)) {
			if (!nonblocking || *nonblocking)
				gup_refault_cleaned(mm, start - nr * PAGE_SIZE,
						    pages, nr);
			else
				return gup_drop_cleaned(pages, nr);
		}
