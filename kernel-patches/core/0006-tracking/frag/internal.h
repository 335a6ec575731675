#ifdef CONFIG_GUP_PIN_TRACKING
extern atomic_t gup_pin_records;
bool __gup_pin(struct page *page, int pins);
bool __gup_unpin(struct page *page);
void __gup_put_page(struct page *page);
unsigned long gup_pin_open_nmi(void);
void __gup_pin_freed(struct page *page);
long gup_track_pages(struct page **pages, long nr);
void gup_pin_drain_all(void);

#define GUP_PIN_OPEN							\
	(PAGE_DMA_PINNED | PAGE_DMA_PINNED_WAS_LRU | PAGE_DMA_PINNED_OPEN)

/*
 * The value of dma_pinned_flags for which a count may be changed without a lock
 * in this context. In an NMI there is none: see gup_pin.c.
 */
static inline unsigned long gup_pin_open(void)
{
	return likely(!in_nmi()) ? GUP_PIN_OPEN : gup_pin_open_nmi();
}

/*
 * Counts pins of a head page, to which the caller has references. False: there
 * is no memory for that. The page cannot leave the open state between being
 * looked at and counted, as that needs all CPUs to pass through a quiescent
 * state. Is a full barrier, so that a page table that is looked at afterwards
 * is looked at with the pin in place.
 */
static inline bool gup_pin(struct page *page, int pins, unsigned long open)
{
	preempt_disable();
	if (likely(READ_ONCE(page->dma_pinned_flags) == open)) {
		atomic_add(pins, &page->dma_pinned_count);
		/* Before the page table is looked at again */
		smp_mb__after_atomic();
		preempt_enable();
		return true;
	}
	preempt_enable();
	return __gup_pin(page, pins);
}

/* Takes a pin of an open page away. False: it is not open, or not pinned. */
static inline bool gup_unpin_open(struct page *page, unsigned long open)
{
	atomic_t *count = &page->dma_pinned_count;
	bool ok = false;

	preempt_disable();
	if (likely(READ_ONCE(page->dma_pinned_flags) == open)) {
		ok = !atomic_add_negative(-1, count);
		if (unlikely(!ok))
			atomic_inc(count);
	}
	preempt_enable();
	return ok;
}

/* Takes one pin of a head page away. False: there was none. */
static inline bool gup_unpin(struct page *page)
{
	return likely(gup_unpin_open(page, gup_pin_open())) ||
	       __gup_unpin(page);
}

/*
 * put_user_page(), for loops. An open page is a head page, and is not one of a
 * device.
 */
static inline void gup_put_page(struct page *page, unsigned long open)
{
	if (unlikely(!gup_unpin_open(page, open)))
		__gup_put_page(page);
	else if (put_page_testzero(page))
		__put_page(page);
}

/* For the walk of the page tables, which gives up what it cannot count. */
static inline bool gup_pin_or_put(struct page *page, int refs,
				  unsigned long open)
{
	if (likely(gup_pin(page, refs, open)))
		return true;
	while (refs--)
		put_page(page);
	return false;
}

/* A page that is open is not aged; __gup_pin() has marked it. */
static inline void gup_mark_referenced(struct page *page)
{
}

/* A page is being freed: nobody can hold a pin on it any more. */
static inline void gup_pin_freed(struct page *page)
{
	if (unlikely(PageDmaPinned(page) || atomic_read(&gup_pin_records)))
		__gup_pin_freed(page);
}
#else
static inline long gup_track_pages(struct page **pages, long nr)
{
	return nr;
}

static inline unsigned long gup_pin_open(void)
{
	return 0;
}

static inline void gup_put_page(struct page *page, unsigned long open)
{
	put_user_page(page);
}

static inline bool gup_pin_or_put(struct page *page, int refs,
				  unsigned long open)
{
	return true;
}

static inline void gup_mark_referenced(struct page *page)
{
	SetPageReferenced(page);
}

static inline void gup_pin_freed(struct page *page)
{
}

static inline void gup_pin_drain_all(void)
{
}
#endif

/* The same for the final result of get_user_pages*() with FOLL_LONGTERM. */
static inline long gup_track_longterm(struct page **pages, long nr)
{
	long got = gup_track_pages(pages, nr);

	return nr > 0 && !got ? -ENOMEM : got;
}

