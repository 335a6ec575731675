/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_DECIDE_H
#define GUPCONV_DECIDE_DECIDE_H

#include "link/match.h"

/* Fills table decision: a row for every acquire and release. */
bool decide(struct db *db, const struct graph *graph, const GPtrArray *feeds,
	    const GPtrArray *pairs, const struct api_table *apis, enum era era,
	    GError **error);

#endif
