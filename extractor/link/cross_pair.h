/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_CROSS_PAIR_H
#define GUPCONV_LINK_CROSS_PAIR_H

#include "link/match.h"

/* Pinned pages, but a release that is not for those; or the reverse. */
bool pair_is_cross(const struct pair *pair);

/*
 * A cross pair is wrong where a path leads from its acquire to its release, and none does where
 * the conditions of the two exclude each other. Takes those pairs out: of one function, by
 * correlated branches; where callers say by a constant which acquire it is; and where another
 * acquire of the release's kind, on the other outcome of the same test, comes to the release too
 * and it cannot be told for which of them the release is.
 */
void pairs_drop_infeasible(const struct graph *graph, const struct cfg *cfg, GPtrArray *pairs);

/* Two nodes of a function are on different outcomes of a test: its number, or -1. */
int nodes_told_apart(const struct ir_function *function, int a, int b);

#endif
