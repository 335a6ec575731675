/* SPDX-License-Identifier: GPL-2.0 */
/* Shared by the parts of the pin tracking, see gup_pin.c */
#ifndef __MM_GUP_PIN_H
#define __MM_GUP_PIN_H

#include <linux/mm.h>
#include <linux/mmzone.h>

static inline spinlock_t *page_gup_lock(struct page *page)
{
	return zone_gup_lock(page_zone(page));
}

/* gup_pin_lru.c: under the lock of the page */
bool gup_pin_begin(struct page *page, int pins);
void gup_pin_end(struct page *page);
void gup_pin_drain_pagevecs(void);

/* gup_pin_record.c: under the lock of the page, but for alloc, free and pins */
struct gup_pin_record;

struct gup_pin_record *gup_pin_record_alloc(void);
void gup_pin_record_free(struct gup_pin_record *rec);
void gup_pin_record_insert(struct gup_pin_record *rec, struct page *page,
			   int pins);
int gup_pin_record_add(struct page *page, int pins);
int gup_pin_record_pins(struct page *page);

#endif	/* __MM_GUP_PIN_H */
