// mm/internal.h: where the page is open
@@
symbol page, pins;
@@
gup_pin_if_open(struct page *page, int pins)
{
	<...
	smp_mb__after_atomic();
+	gup_pin_acquired(page, pins);
	...>
}

// mm/gup_pin.c: where it is not
@@
symbol page, pins, rec;
@@
__gup_pin(struct page *page, int pins)
{
	<...
	gup_pin_record_free(rec);
+	gup_pin_acquired(page, pins);
	...>
}

@@
symbol page, ok, flags, lock;
@@
__gup_unpin(struct page *page)
{
	<...
	spin_unlock_irqrestore(lock, flags);
+	if (ok)
+		gup_pin_released(page, 1);
	return ok;
	...>
}

@@
symbol page;
@@
gup_unpin_nmi(struct page *page)
{
	<...
	atomic_dec(&page->dma_pinned_count);
+	gup_pin_released(page, 1);
	...>
}

@@
symbol page;
@@
dup_user_page(struct page *page)
{
	...
	if (gup_pin_not_counted(page))
		return;
+	gup_pin_acquired(page, 1);
	...
}

@@
symbol page, pins;
expression list es;
@@
__gup_pin_freed(struct page *page)
{
	<...
	WARN_ONCE(pins, es);
+	if (pins) {
+		gup_pin_released(page, pins);
+		gup_pin_debug_forget(page);
+	}
	...>
}
