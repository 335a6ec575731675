/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_OBJECT_KIND_H
#define GUPCONV_MODEL_OBJECT_KIND_H

#include "model/words.h"

/* object_flow.kind: points-to constraints between objects that keep pages. */
#define OBJECT_KINDS(X) \
	X(OBJECT_POINTS, "object")	/* dst points to what src points to, or into it */ \
	X(OBJECT_BOUND, "bound")	/* dst: parameter of a function left in an object */ \
	X(OBJECT_MEMBER, "member")	/* dst: a field of what src points to */ \
	X(OBJECT_COPY, "copy")		/* each has the content of the other */ \
	X(OBJECT_CALLBACK, "callback")	/* a function, with an object that it will get */ \
	X(OBJECT_HANDED, "handed")	/* a function, without one */

enum object_kind { OBJECT_KINDS(WORDS_NAME) };

WORDS_DECLARE(object_kind);

#endif
