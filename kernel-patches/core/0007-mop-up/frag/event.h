#ifdef CONFIG_GUP_PIN_TRACKING
		DMA_PIN_HELD,	/* not counted: acquired and not released */
		DMA_PIN_ACQUIRED, DMA_PIN_RELEASED,
#endif
