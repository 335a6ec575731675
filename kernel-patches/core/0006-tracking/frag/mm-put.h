 * put_user_page() and put_page() are not interchangeable: a page that was
 * released by the latter counts as pinned for ever. May be called in any
 * context.
 */
static inline void put_user_page(struct page *page);

#ifdef CONFIG_GUP_PIN_TRACKING
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
