/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_DECIDE_H
#define GUPCONV_DECIDE_DECIDE_H

#include "decide/decision.h"

/* Fills table decision: a row for every acquire and release. */
bool decide(struct db *db, const struct evidence *evidence, const GPtrArray *feeds,
	    const GPtrArray *pairs, GError **error);

#endif
