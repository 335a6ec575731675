#ifdef CONFIG_GUP_PIN_TRACKING
	spinlock_t		gup_lock;	/* see zone_gup_lock() */
#endif
