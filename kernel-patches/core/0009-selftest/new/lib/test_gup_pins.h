/* SPDX-License-Identifier: GPL-2.0 */
/* Shared by the test module and tools/testing/selftests/vm/gup_pins.c. */
#ifndef _TEST_GUP_PINS_H
#define _TEST_GUP_PINS_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* How to obtain the pages: each member of the family. */
enum {
	GUP_FAST,
	GUP_PLAIN,
	GUP_LONGTERM,
	GUP_UNLOCKED,
	GUP_LOCKED,
	GUP_REMOTE,
	GUP_FAST_ONLY,		/* __get_user_pages_fast() */
	GUP_FAST_IRQOFF,	/* __get_user_pages_fast(), interrupts off */
	GUP_NR_HOW
};

/* How to release them. The ones from PUT_WRONG on are bugs, on purpose. */
enum {
	PUT_USER_PAGE,
	PUT_USER_PAGES,
	PUT_USER_PAGES_DIRTY,
	PUT_DIRTY_BY_HAND,	/* set_page_dirty_lock(), put_user_page() */
	PUT_USER_PAGE_IRQOFF,
	PUT_USER_PAGE_INIRQ,	/* from a hard interrupt on another CPU */
	PUT_NR_RIGHT,
	PUT_WRONG = 16,
	PUT_WRONG_PUT_PAGE = PUT_WRONG,
	PUT_WRONG_RELEASE_PAGES,
	PUT_WRONG_TWICE,	/* put_user_page() of a page without pins */
};

struct gup_pins {
	__u64 addr;
	__u32 nr_pages;
	__u32 how;
	__u32 write;
	__s32 slot;		/* of a set of pages that are held, 0 to 63 */
	__s64 got;
};

struct gup_pins_info {
	__s32 slot;
	__u32 index;
	__s32 refcount;
	__s32 mapcount;
	__s32 pins;		/* -1: this kernel does not count */
	__u32 lru;
	__u32 dirty;
	__u32 private;
	__u32 compound;
	__u32 swapcache;
	__u32 anon;
	__u32 mapped_file;	/* page->mapping is still there */
};

#define GUP_PINS_GET	_IOWR('p', 1, struct gup_pins)
#define GUP_PINS_PUT	_IOWR('p', 2, struct gup_pins)
#define GUP_PINS_INFO	_IOWR('p', 3, struct gup_pins_info)
/* Fill the pages of a slot, as a device would: nobody is told. */
#define GUP_PINS_FILL	_IOWR('p', 4, struct gup_pins)

#endif
