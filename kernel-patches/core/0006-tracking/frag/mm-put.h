#ifdef CONFIG_GUP_PIN_TRACKING
void put_user_page(struct page *page);
bool page_dma_pinned(struct page *page);
int page_dma_pins(struct page *page);
#else
static inline void put_user_page(struct page *page)
{
	put_page(page);
}

static inline bool page_dma_pinned(struct page *page)
{
	return false;
}
#endif
