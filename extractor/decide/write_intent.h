/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_WRITE_INTENT_H
#define GUPCONV_DECIDE_WRITE_INTENT_H

#include "decide/decision.h"

/**
 * struct write_intent - whether an acquire may be for writing to the pages
 * @may: some value of its flags has FOLL_WRITE, or none is known
 * @sure: it always has; then there is no place to show
 * @file, @line: where that value is made, or a parameter brings it; @file 0 for none
 */
struct write_intent {
	bool may, sure;
	int file, line;
};

/*
 * From the flags of the call: constants, and through reaching definitions what a local
 * holds (also by |= and ?:), and what every direct caller gives for a parameter.
 */
struct write_intent write_intent_of(const struct deciding *d, const struct call_info *call);

#endif
