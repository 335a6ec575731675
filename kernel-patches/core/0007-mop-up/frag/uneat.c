
#ifdef CONFIG_GUP_PIN_DEBUG
/* A pin was dropped by put_page(); that has been reported. */
bool gup_pin_uncount(struct page *page)
{
	if (!gup_unpin_page(page))
		return false;
	gup_pin_released(page, 1);
	return true;
}
#endif
