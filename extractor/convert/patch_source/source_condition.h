/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_PATCH_SOURCE_SOURCE_CONDITION_H
#define GUPCONV_CONVERT_PATCH_SOURCE_SOURCE_CONDITION_H

#include "convert/workspace/overlay.h"

/*
 * All of "COND && COND", each of them "PATH|PATH: REGEX" or "value PATH|PATH: EXPRESSION", and
 * with "! " before it if it must not hold. -1 on nonsense, or if a value cannot be told.
 */
int conditions_hold(struct overlay *overlay, const char *list, GError **error);

/*
 * "PATH|PATH: EXPRESSION": is the value over what these files define not zero? -1 if it cannot
 * be told. known, if not NULL, gets the numbers that it was made from.
 */
int condition_value(struct overlay *overlay, const char *condition, GString *known,
		    GError **error);

#endif
