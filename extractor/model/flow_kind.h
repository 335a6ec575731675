/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_FLOW_KIND_H
#define GUPCONV_MODEL_FLOW_KIND_H

#include "model/words.h"

/* flow.kind: how pages go from a place to another. */
#define FLOW_KINDS(X) \
	X(FLOW_ASSIGN, "assign") \
	X(FLOW_PASS, "pass")		/* argument to parameter */ \
	X(FLOW_RETURN, "return") \
	X(FLOW_INIT, "init") \
	X(FLOW_ALIAS, "alias")		/* both ways: two names of one array */ \
	X(FLOW_CARRY, "carry")		/* through a function of role carry */ \
	X(FLOW_POINTER, "pointer")	/* a function goes to what holds it; no page goes along */ \
	X(FLOW_ITER, "iter")		/* the iterator of an acquire; no page goes along */

enum flow_kind { FLOW_KINDS(WORDS_NAME) };

WORDS_DECLARE(flow_kind);

#endif
