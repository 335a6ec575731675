#ifdef CONFIG_GUP_PIN_TRACKING
	/* As the names are */
	BUILD_BUG_ON(DMA_PIN_HELD + 2 != DMA_PIN_RELEASED ||
		     DMA_PIN_RELEASED + 1 != PGFREE);
	/* The CPUs are not looked at in one instant. */
	if (v[DMA_PIN_ACQUIRED] > v[DMA_PIN_RELEASED])
		v[DMA_PIN_HELD] = v[DMA_PIN_ACQUIRED] - v[DMA_PIN_RELEASED];
#endif
