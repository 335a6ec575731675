#ifdef CONFIG_GUP_PIN_TRACKING
	"nr_dma_pinned",
	"dma_pin_acquired",
	"dma_pin_released",
#endif
