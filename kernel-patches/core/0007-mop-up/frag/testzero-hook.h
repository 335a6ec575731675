 * With CONFIG_GUP_PIN_DEBUG a put_page() in place of a put_user_page() is seen.
 */
#ifdef CONFIG_GUP_PIN_DEBUG
extern atomic_t gup_pin_records;
void __gup_pin_check_put(struct page *page);

/* Is this reference one that has to be dropped by put_user_page()? */
static inline void gup_pin_check_put(struct page *page)
{
	if (unlikely(PageDmaPinned(page) || atomic_read(&gup_pin_records)))
		__gup_pin_check_put(page);
}
#else
static inline void gup_pin_check_put(struct page *page)
{
}
#endif

/*
 * Drop a ref, return true if the refcount fell to zero (the page has no users)
 */
