#ifdef CONFIG_GUP_PIN_TRACKING
extern atomic_t gup_pin_records;
bool __gup_pin(struct page *page, int pins);
bool __gup_unpin(struct page *page);
bool __gup_pin_or_put(struct page *page, int refs);
void __gup_pin_freed(struct page *page);
long gup_track_pages(struct page **pages, long nr);
void gup_pin_drain_all(void);

/*
 * Counts pins of a head page, to which the caller has references. False: it is
 * not open. It cannot leave the open state between being looked at and counted,
 * as that needs all CPUs to pass through a quiescent state. Is a full barrier,
 * so that a page table that is looked at afterwards is looked at with the pin
 * in place.
 */
static inline bool gup_pin_if_open(struct page *page, int pins)
{
	bool ok = false;

	preempt_disable();
	/* Read only once, so it can be compared where it is */
	if (likely(page->dma_pinned_flags == GUP_PIN_OPEN)) {
		atomic_add(pins, &page->dma_pinned_count);
		/* Before the page table is looked at again */
		smp_mb__after_atomic();
		ok = true;
	}
	preempt_enable();
	return ok;
}

/* The same for any page. False: there is no memory for that. */
static inline bool gup_pin(struct page *page, int pins)
{
	return likely(gup_pin_if_open(page, pins)) || __gup_pin(page, pins);
}

/* Takes one pin of a head page away. False: there was none. */
static inline bool gup_unpin(struct page *page)
{
	return likely(!in_nmi() && gup_unpin_open(page)) || __gup_unpin(page);
}

/* For the walk of the page tables, which gives up what it cannot count. */
static inline bool gup_pin_or_put(struct page *page, int refs)
{
	return likely(gup_pin_if_open(page, refs)) ||
	       __gup_pin_or_put(page, refs);
}

/* The page table has changed meanwhile. */
static inline void gup_pin_undo(struct page *page)
{
	__gup_put_page(page);
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

static inline bool gup_pin_or_put(struct page *page, int refs)
{
	return true;
}

static inline void gup_pin_undo(struct page *page)
{
	put_page(page);
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

