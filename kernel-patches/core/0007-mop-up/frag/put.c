	if (!gup_pin_not_counted(page)) {
		gup_pin_debug_released(page);
		if (gup_unpin_page(page))
			gup_pin_released(page, 1);
		else if (!gup_pin_debug_mismatch(page))
			WARN_ONCE(1, "gup: a page is released that has no pin");
	}
