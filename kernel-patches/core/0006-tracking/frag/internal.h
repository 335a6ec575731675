#ifdef CONFIG_GUP_PIN_TRACKING
long gup_track_pages(struct page **pages, long nr);
void __gup_pin_freed(struct page *page);
extern atomic_t gup_pin_records;

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

static inline void gup_pin_freed(struct page *page)
{
}
#endif

/* The same for the final result of get_user_pages*() with FOLL_LONGTERM. */
static inline long gup_track_longterm(struct page **pages, long nr)
{
	long got = gup_track_pages(pages, nr);

	return nr > 0 && !got ? -ENOMEM : got;
}

