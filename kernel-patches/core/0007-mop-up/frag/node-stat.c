#ifdef CONFIG_GUP_PIN_TRACKING
	"nr_dma_pinned",
#endif
