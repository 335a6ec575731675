/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_OUTCOME_H
#define GUPCONV_MODEL_OUTCOME_H

#include "model/words.h"

/* edit_site.outcome: what became of a site. */
#define OUTCOMES(X) \
	X(OUTCOME_CONVERTED, "converted") \
	X(OUTCOME_KEPT, "kept") \
	X(OUTCOME_REFUSED, "refused")

enum outcome { OUTCOMES(WORDS_NAME) OUTCOME_OPEN };	/* not settled yet: kept, when it is over */

WORDS_DECLARE(outcome);

#endif
