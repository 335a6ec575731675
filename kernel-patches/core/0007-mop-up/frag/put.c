	if (unlikely(!gup_unpin(page)) && !gup_pin_debug_mismatch(page))
		WARN_ONCE(1, "gup: a page is released that is not pinned");
