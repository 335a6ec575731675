#ifdef CONFIG_GUP_PIN_TRACKING
	/* The CPUs are not looked at in one instant. */
	if (v[DMA_PIN_ACQUIRED] > v[DMA_PIN_RELEASED])
		v[DMA_PIN_HELD] = v[DMA_PIN_ACQUIRED] - v[DMA_PIN_RELEASED];
#endif
