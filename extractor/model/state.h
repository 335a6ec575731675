/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_STATE_H
#define GUPCONV_MODEL_STATE_H

#include "model/words.h"

/* decision.state: how a site stands. */
#define STATES(X) \
	X(STATE_UNCONVERTED, "unconverted") \
	X(STATE_CONVERTED, "converted") \
	X(STATE_KEEP, "keep") \
	X(STATE_MIXED, "mixed")			/* pages of both kinds come there */ \
	X(STATE_MISMATCHED, "mismatched")	/* acquired one way, released the other */ \
	X(STATE_UNKNOWN, "unknown")

enum state { STATES(WORDS_NAME) };

WORDS_DECLARE(state);

/* decision.target of a site that stays as it is */
#define TARGET_KEEP "keep"

#endif
