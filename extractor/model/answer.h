/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_ANSWER_H
#define GUPCONV_MODEL_ANSWER_H

#include "model/words.h"

/* answer.answer: what a person has decided about an acquire. X(NAME, word). */
#define ANSWERS(X) \
	X(ANSWER_PIN, "pin")		/* needs a pin, or to be extracted */ \
	X(ANSWER_LONGTERM, "longterm")	/* the same, for long: with FOLL_LONGTERM */ \
	X(ANSWER_KEEP, "keep")		/* stays as it is */

enum answer { ANSWERS(WORDS_NAME) };

WORDS_DECLARE(answer);

#endif
