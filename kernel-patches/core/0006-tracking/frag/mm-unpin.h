
#ifdef CONFIG_GUP_PIN_TRACKING
/* The value of dma_pinned_flags for which a count may change without a lock. */
#define GUP_PIN_OPEN							\
	(PAGE_DMA_PINNED | PAGE_DMA_PINNED_WAS_LRU | PAGE_DMA_PINNED_OPEN)

void __gup_put_page(struct page *page);

/*
 * Takes a pin of an open page away. False: it is not open, or not pinned. The
 * word is read only once, so it can be compared where it is.
 */
static inline bool gup_unpin_open(struct page *page)
{
	atomic_t *count = &page->dma_pinned_count;
	bool ok = false;

	preempt_disable();
	if (likely(page->dma_pinned_flags == GUP_PIN_OPEN)) {
		ok = !atomic_add_negative(-1, count);
		if (unlikely(!ok))
			atomic_inc(count);
	}
	preempt_enable();
	return ok;
}

/* An open page is a head page, and is not one of a device. */
static inline void put_user_page(struct page *page)
{
	/* A pin that was taken in an NMI may not be counted, see mm/gup_pin.c */
	if (unlikely(in_nmi() || !gup_unpin_open(page)))
		__gup_put_page(page);
	else if (put_page_testzero(page))
		__put_page(page);
}
#endif
