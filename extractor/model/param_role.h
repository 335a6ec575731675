/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_PARAM_ROLE_H
#define GUPCONV_MODEL_PARAM_ROLE_H

#include "model/words.h"

/* param_role.role: what a parameter is, by its name in the prototype. */
#define PARAM_ROLES(X) \
	X(PARAM_NONE, "") \
	X(PARAM_PAGES, "pages") \
	X(PARAM_COUNT, "count") \
	X(PARAM_FLAGS, "flags") \
	X(PARAM_WRITE, "write") \
	X(PARAM_DIRTY, "dirty") \
	X(PARAM_VMAS, "vmas") \
	X(PARAM_ITER, "iter")

enum param_role { PARAM_ROLES(WORDS_NAME) };

WORDS_DECLARE(param_role);

#endif
