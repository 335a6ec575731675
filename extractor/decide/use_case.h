/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_USE_CASE_H
#define GUPCONV_DECIDE_USE_CASE_H

#include "decide/decision.h"

/* Strength of evidence, from weak to strong; the strongest of a group of sites decides. */
enum strength {
	STRENGTH_STATE,		/* CASE 4 */
	STRENGTH_READ,		/* no case: nothing is written */
	STRENGTH_UNKNOWN,	/* a question */
	STRENGTH_DIRTY,		/* CASE 5, by what stands around the access */
	STRENGTH_NOTIFIER,	/* CASE 3 */
	STRENGTH_CPU,		/* CASE 5 */
	STRENGTH_DEVICE,	/* CASE 1 */
	STRENGTH_KEPT,		/* CASE 2 */
	STRENGTH_ANSWER,	/* a person has decided */
};

/**
 * struct use_case - what is done with the pages of an acquire
 * @number: CASE 1 to 5 of Documentation/core-api/pin_user_pages.rst, 0 for none
 * @answered: a person has decided that it needs a pin; of strength STRENGTH_ANSWER
 * @why: caller frees
 */
struct use_case {
	int number;
	enum strength strength;
	struct reason *why;
	bool answered;
};

/* That case needs a pin. */
static inline bool use_case_pins(const struct use_case *use)
{
	return use->number == 1 || use->number == 2 || use->number == 5 || use->answered;
}

/*
 * Of an acquire that has a feed. An iterator is taken to be a destination: see
 * decide_iterator().
 */
struct use_case use_case_of(const struct deciding *d, const struct decision *site);

/*
 * Where the pages of an acquire go, when no release of them is in reach; NULL when that
 * is not seen. Caller frees.
 */
struct reason *escapes_of(const struct graph *graph, const struct page_source *feed);

#endif
