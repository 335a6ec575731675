/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_DETAIL_H
#define GUPCONV_MODEL_DETAIL_H

#include "model/words.h"

/*
 * api.detail: the variant of its role that a function has. Each word belongs to
 * one role; the detail of a source may also be the name of the function that takes
 * its pages back.
 */
#define DETAILS(X) \
	X(DETAIL_NONE, "") \
	X(DETAIL_ANY, "any")			/* dirty: with or without the lock of the page */ \
	X(DETAIL_SLEEPS, "sleeps")		/* dirty: takes that lock itself */ \
	X(DETAIL_FLAG, "flag")			/* dirty: sets the flag alone */ \
	X(DETAIL_EITHER, "either")		/* release: an argument tells of which kind the pages are */ \
	X(DETAIL_PAGE, "page")			/* release: one page, also of an array in a loop */ \
	X(DETAIL_ARRAY, "array")		/* release: an array of pages, and their number */ \
	X(DETAIL_FOLIO, "folio")		/* release: one folio */ \
	X(DETAIL_BORROWED, "none")		/* source: takes no reference */ \
	X(DETAIL_ADDRESS, "address")		/* source: looks a page up by an address */ \
	X(DETAIL_CPU, "cpu")			/* use: the data, by the CPU */ \
	X(DETAIL_DMA, "dma")			/* use: the data, by a device */ \
	X(DETAIL_PHYS, "phys")			/* use: the address in memory */ \
	X(DETAIL_DIRECT_IO, "direct-io")	/* use: added to a bio */ \
	X(DETAIL_SCATTER, "scatter")		/* use: added to a scatter list */ \
	X(DETAIL_USER_ITER, "user-iter")	/* use: makes an iterator over user memory */ \
	X(DETAIL_KERNEL_ITER, "kernel-iter")	/* use: makes one over kernel memory */ \
	X(DETAIL_USER_TEST, "user-test")	/* use: asks whether it is over user memory */ \
	X(DETAIL_FREE, "free")			/* use: gives new pages back to the allocator */ \
	X(DETAIL_STATE, "state")		/* use: struct page alone */

enum detail { DETAILS(WORDS_NAME) DETAIL_FUNCTION };	/* a name: of a source */

WORDS_DECLARE(detail);

/* Of the text of api.detail: any other name is DETAIL_FUNCTION. */
enum detail detail_of(const char *text);

#endif
