#ifdef CONFIG_GUP_PIN_TRACKING
void gup_pin_keep_dirty(struct page *page);
long gup_drop_cleaned(struct page **pages, long nr);
void gup_refault_cleaned(struct mm_struct *mm, unsigned long start,
			 struct page **pages, long nr);
#else
static inline void gup_pin_keep_dirty(struct page *page)
{
}

static inline long gup_drop_cleaned(struct page **pages, long nr)
{
	return nr;
}

static inline void gup_refault_cleaned(struct mm_struct *mm,
				       unsigned long start,
				       struct page **pages, long nr)
{
}
#endif

