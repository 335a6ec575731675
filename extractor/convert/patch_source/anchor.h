/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_PATCH_SOURCE_ANCHOR_H
#define GUPCONV_CONVERT_PATCH_SOURCE_ANCHOR_H

#include "convert/workspace/overlay.h"

/* Which of several lines that match is meant. */
enum anchor_pick { ANCHOR_ONLY, ANCHOR_FIRST, ANCHOR_LAST };

/* Does one of the files in "PATH|PATH: REGEX" have a matching line? -1: no sense in it. */
int anchor_condition(struct overlay *overlay, const char *condition, GError **error);

/* Lines *first to *last (from 0, inclusive) of "FROM ~~ TO ~~ LINE" in the text. */
bool anchor_range(const char *text, const char *range, enum anchor_pick pick,
		  guint *first, guint *last, GError **error);

#endif
