/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_PLACE_KIND_H
#define GUPCONV_MODEL_PLACE_KIND_H

#include "model/words.h"

/* place.kind: what a page reference is kept in. The grammar of names: location_name.h. */
#define PLACE_KINDS(X) \
	X(PLACE_LOCAL, "local") \
	X(PLACE_PARAM, "param") \
	X(PLACE_RETURN, "return") \
	X(PLACE_GLOBAL, "global") \
	X(PLACE_FIELD, "field") \
	X(PLACE_RESULT, "result")	/* what one acquire call hands out */ \
	X(PLACE_OTHER, "other")		/* a function as a value, an object, "any" */

enum place_kind { PLACE_KINDS(WORDS_NAME) };

WORDS_DECLARE(place_kind);

#endif
