	gup_pin_freed(page);
