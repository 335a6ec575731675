		if (ret)
			gup_pin_keep_dirty(page);
