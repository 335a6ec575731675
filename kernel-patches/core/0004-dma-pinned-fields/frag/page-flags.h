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
#define PAGE_DMA_PINNED		0x02UL
#define PAGE_DMA_PINNED_WAS_LRU	0x04UL	/* to be put back on the LRU */

/* The code that may change the count of such a page, see mm/gup_pin.c: one of these */
#define PAGE_DMA_PINNED_OPEN	0x08UL
#define PAGE_DMA_PINNED_LEAVING	0x10UL
#define PAGE_DMA_PINNED_LOCKED	0x20UL

#define PAGE_DMA_PINNED_MASK	0x3eUL

/*
 * Are the words of the page a count? May be asked of any page that cannot be
 * freed meanwhile; is stable for whoever holds a pin, or the lock of
 * zone_gup_lock(). The count may be zero.
 */
static __always_inline bool PageDmaPinned(struct page *page)
{
	unsigned long word = READ_ONCE(page->dma_pinned_flags);

	return (word & PAGE_DMA_PINNED) && !(word & ~PAGE_DMA_PINNED_MASK);
}

static __always_inline bool PageDmaPinnedOpen(struct page *page)
{
	return READ_ONCE(page->dma_pinned_flags) ==
	       (PAGE_DMA_PINNED | PAGE_DMA_PINNED_WAS_LRU |
		PAGE_DMA_PINNED_OPEN);
}

static __always_inline bool PageDmaPinnedLeaving(struct page *page)
{
	return READ_ONCE(page->dma_pinned_flags) ==
	       (PAGE_DMA_PINNED | PAGE_DMA_PINNED_WAS_LRU |
		PAGE_DMA_PINNED_LEAVING);
}

static __always_inline bool PageDmaPinnedLocked(struct page *page)
{
	return READ_ONCE(page->dma_pinned_flags) ==
	       (PAGE_DMA_PINNED | PAGE_DMA_PINNED_WAS_LRU |
		PAGE_DMA_PINNED_LOCKED);
}

static __always_inline bool PageDmaPinnedWasLru(struct page *page)
{
	VM_BUG_ON_PGFLAGS(!PageDmaPinned(page), page);
	return READ_ONCE(page->dma_pinned_flags) & PAGE_DMA_PINNED_WAS_LRU;
}

/* The caller has taken the page off its list: the words are its own. */
static __always_inline void SetPageDmaPinned(struct page *page, int pins,
					     unsigned long flags)
{
	VM_BUG_ON_PGFLAGS(PageTail(page), page);
	VM_BUG_ON_PGFLAGS(PageLRU(page), page);
	VM_BUG_ON_PGFLAGS(PageSlab(page), page);
	VM_BUG_ON_PGFLAGS(flags & ~PAGE_DMA_PINNED_MASK, page);
	atomic_set(&page->dma_pinned_count, pins);
	/* A reader of the flags without the lock sees the count, too */
	smp_store_release(&page->dma_pinned_flags, PAGE_DMA_PINNED | flags);
}

/* Under the lock. */
static __always_inline void SetPageDmaPinnedState(struct page *page,
						  unsigned long state)
{
	VM_BUG_ON_PGFLAGS(!PageDmaPinned(page), page);
	VM_BUG_ON_PGFLAGS(PageLRU(page), page);
	WRITE_ONCE(page->dma_pinned_flags,
		   PAGE_DMA_PINNED | PAGE_DMA_PINNED_WAS_LRU | state);
}

/* The words become what they were: the links of a page that is on no list. */
static __always_inline void ClearPageDmaPinned(struct page *page)
{
	VM_BUG_ON_PGFLAGS(!PageDmaPinned(page), page);
	VM_BUG_ON_PGFLAGS(PageLRU(page), page);
	INIT_LIST_HEAD(&page->lru);
}

