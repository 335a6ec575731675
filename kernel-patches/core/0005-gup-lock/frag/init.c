#ifdef CONFIG_GUP_PIN_TRACKING
	spin_lock_init(&pgdat->gup_lock);
#endif
