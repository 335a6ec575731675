/*
 * While a page is pinned by get_user_pages*(), it may be off its LRU list, and
 * the words of page->lru hold dma_pinned_flags and dma_pinned_count.
 *
 * The first word is shared with much else, so its value has to be one that no
 * other user of the union can put there:
 *
 *   lru, slab_list, rcu_head, next, pgmap: a kernel pointer, or a list poison;
 *                                          never that small
 *   compound_head:                         bit 0 is set, and is clear here
 *   dma_addr:                              the address of a page: the low bits
 *                                          are clear
 *   a page that nobody initialised:        all ones, or zero
 *
 * That is why the word is compared as a whole, and not bit by bit. As long as
 * the page is pinned there is nothing else in it.
 */
#define PAGE_DMA_PINNED		0x2UL
#define PAGE_DMA_PINNED_WAS_LRU	0x4UL	/* to be put back on the LRU */
#define PAGE_DMA_PINNED_MASK	(PAGE_DMA_PINNED | PAGE_DMA_PINNED_WAS_LRU)

/*
 * May be asked of any page that cannot be freed meanwhile; is stable for
 * whoever holds a pin, or the lock of zone_gup_lock().
 */
static __always_inline bool PageDmaPinned(struct page *page)
{
	unsigned long word = READ_ONCE(page->dma_pinned_flags);

	return (word & PAGE_DMA_PINNED) && !(word & ~PAGE_DMA_PINNED_MASK);
}

static __always_inline bool PageDmaPinnedWasLru(struct page *page)
{
	VM_BUG_ON_PGFLAGS(!PageDmaPinned(page), page);
	return READ_ONCE(page->dma_pinned_flags) & PAGE_DMA_PINNED_WAS_LRU;
}

/* The caller has taken the page off its list: the words are its own. */
static __always_inline void SetPageDmaPinned(struct page *page,
					     unsigned long was_lru)
{
	VM_BUG_ON_PGFLAGS(PageTail(page), page);
	VM_BUG_ON_PGFLAGS(PageLRU(page), page);
	VM_BUG_ON_PGFLAGS(PageSlab(page), page);
	VM_BUG_ON_PGFLAGS(was_lru & ~PAGE_DMA_PINNED_WAS_LRU, page);
	WRITE_ONCE(page->dma_pinned_flags, PAGE_DMA_PINNED | was_lru);
}

/* The words become what they were: the links of a page that is on no list. */
static __always_inline void ClearPageDmaPinned(struct page *page)
{
	VM_BUG_ON_PGFLAGS(!PageDmaPinned(page), page);
	VM_BUG_ON_PGFLAGS(PageLRU(page), page);
	INIT_LIST_HEAD(&page->lru);
}

