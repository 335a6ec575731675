#ifdef CONFIG_GUP_PIN_TRACKING
	"dma_pin_acquired",
	"dma_pin_released",
#endif
