#ifdef CONFIG_GUP_PIN_DEBUG
#include <linux/stacktrace.h>

static inline unsigned int gup_pin_save_stack(unsigned long *entries,
					      unsigned int size)
{
	struct stack_trace trace = {
		.entries = entries,
		.max_entries = size,
		.skip = 2,
	};

	save_stack_trace(&trace);
	if (trace.nr_entries && entries[trace.nr_entries - 1] == ULONG_MAX)
		trace.nr_entries--;
	return trace.nr_entries;
}

void gup_pin_debug_pinned(struct page *page, int pins);
void gup_pin_debug_forget(struct page *page);
bool gup_pin_debug_mismatch(struct page *page);
#else
static inline void gup_pin_debug_pinned(struct page *page, int pins)
{
}

static inline void gup_pin_debug_forget(struct page *page)
{
}

static inline bool gup_pin_debug_mismatch(struct page *page)
{
	return false;
}
#endif

