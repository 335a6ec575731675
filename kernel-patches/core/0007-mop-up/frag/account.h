#ifdef CONFIG_GUP_PIN_TRACKING
#include <linux/vmstat.h>

static inline void gup_pin_acquired(struct page *page, int pins)
{
	count_vm_events(DMA_PIN_ACQUIRED, pins);
	gup_pin_debug_pinned(page, pins);
}
#endif

