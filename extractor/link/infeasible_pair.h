/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_INFEASIBLE_PAIR_H
#define GUPCONV_LINK_INFEASIBLE_PAIR_H

#include "link/match.h"

/*
 * One array for several commands: "switch (cmd) { case A: get(pages); ... case B: get(pages); }",
 * and a helper which is told cmd that releases them in several ways. Takes out the links whose
 * acquire no path leads from to the release (ir_feasible_down()), where the pages go nowhere but
 * down into functions that are called directly, and other links remain of the acquire and of
 * the release.
 */
void pairs_drop_infeasible(const struct graph *graph, const struct cfg *cfg, GPtrArray *pairs);

#endif
