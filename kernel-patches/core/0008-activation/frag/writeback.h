#ifdef CONFIG_GUP_PIN_TRACKING
bool wbc_skip_pinned(struct writeback_control *wbc, struct page *page);
#else
static inline bool wbc_skip_pinned(struct writeback_control *wbc,
				   struct page *page)
{
	return false;
}
#endif

