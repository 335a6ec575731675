#ifdef CONFIG_GUP_PIN_TRACKING
void dup_user_page(struct page *page);
#else
static inline void dup_user_page(struct page *page)
{
	get_page(page);
}
#endif
