/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_USE_CASE_H
#define GUPCONV_DECIDE_USE_CASE_H

#include "link/page_source.h"

/**
 * struct use_case - what is done with the pages of an acquire
 * @number: CASE 1 to 5 of Documentation/core-api/pin_user_pages.rst, 0 for none
 * @pins: that case asks for a pin
 * @known: false when the pages go where their use is not seen
 * @why: caller frees
 */
struct use_case {
	int number;
	bool pins;
	bool known;
	struct reason *why;
};

struct use_case use_case_of(const struct graph *graph, const struct feed *feed);

/*
 * Where the pages of an acquire go, when no release of them is in reach; NULL when that
 * is not seen. Caller frees.
 */
struct reason *escapes_of(const struct graph *graph, const struct feed *feed);

#endif
