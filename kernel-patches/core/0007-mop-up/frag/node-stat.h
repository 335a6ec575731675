#ifdef CONFIG_GUP_PIN_TRACKING
	NR_DMA_PINNED,		/* pins of get_user_pages*() that are held */
#endif
