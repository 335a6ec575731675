/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_LONGTERM_H
#define GUPCONV_DECIDE_LONGTERM_H

#include "decide/use_case.h"

/*
 * FOLL_LONGTERM was 0x10000 until v6.4, when 0x100 was FOLL_HWPOISON, and is 0x100 since, with
 * 0x10000 one of mm's own.
 */
#define LONGTERM_OLD 0x10000
#define LONGTERM_NEW 0x100

/*
 * The bit of FOLL_LONGTERM, as the flags have it where their text names it: from expressions that
 * are constant or known; 0: it is not told.
 */
unsigned long longterm_bit_of(const struct expr *flags);

/**
 * struct longterm - whether an acquire that becomes a pin is for long
 * @adds: "FOLL_LONGTERM", or ""
 * @why: its reason, or the one why it is not added to pages that seem to need it; NULL: they do
 *	not. Caller frees
 */
struct longterm {
	const char *adds;
	struct reason *why;
};

/*
 * FOLL_LONGTERM belongs to pins that last for as long as the user likes (CASE 2): those that
 * another call of his drops, and no request to a device ends (lifetime.h), whether the CPU or a
 * device writes to the pages; and those that a person has decided so about. Where the pinning
 * function of the tree refuses it (flag_refusal.h), the acquire does without.
 */
struct longterm longterm_of(const struct deciding *d, const struct decision *site,
			    const char *target, int use_case);

#endif
