	unsigned long open = gup_pin_open();
