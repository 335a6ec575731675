#ifdef CONFIG_GUP_PIN_TRACKING
/*
 * The lock for the changes of state of pages of a node that get_user_pages*()
 * pins: the move between the LRU list and page->dma_pinned_*, in both
 * directions, and the records of pages that cannot be moved. The count of a
 * page in the open state, see mm/gup_pin.c, is changed without it.
 *
 * It is taken in any context but NMI, with interrupts disabled. It nests inside
 * whatever the callers of get_user_pages_fast() and put_user_page() hold; the
 * lru_lock of the same node nests inside of it. Under it nothing sleeps, and
 * nothing is allocated or freed.
 */
static inline spinlock_t *zone_gup_lock(struct zone *zone)
{
	return &zone->zone_pgdat->gup_lock;
}
#endif

