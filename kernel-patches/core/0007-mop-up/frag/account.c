static void gup_pin_acquired(struct page *page)
{
	mod_node_page_state(page_pgdat(page), NR_DMA_PINNED, 1);
	count_vm_event(DMA_PIN_ACQUIRED);
	gup_pin_debug_pinned(page);
}

static void gup_pin_released(struct page *page, int pins)
{
	mod_node_page_state(page_pgdat(page), NR_DMA_PINNED, -pins);
	count_vm_events(DMA_PIN_RELEASED, pins);
}

