
#ifdef CONFIG_GUP_PIN_DEBUG
void gup_pin_debug_released(struct page *page);
#else
static inline void gup_pin_debug_released(struct page *page)
{
}
#endif

static inline void gup_pin_released(struct page *page, int pins)
{
	count_vm_events(DMA_PIN_RELEASED, pins);
	gup_pin_debug_released(page);
}
