/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_CROSS_PAIR_H
#define GUPCONV_LINK_CROSS_PAIR_H

#include "link/caller_guard.h"
#include "link/match.h"

/*
 * A cross pair: pinned pages, but a release that is not for those; or the reverse. It is wrong
 * where a path leads from the acquire to the release.
 */
bool pair_is_cross(const struct pair *pair);

/* Takes out the cross pairs that are none. */
void pairs_check_cross(const struct graph *graph, const struct cfg *cfg,
		       const GPtrArray *feeds, GPtrArray *pairs);

/*
 * The conditions of the acquire and of the release exclude each other: those of #if; in one
 * function, by correlated branches; where callers say by a constant which it is; and where
 * another acquire of the release's kind, on the other outcome of the same test, comes to the
 * release too and it cannot be told for which of them the release is.
 */
bool cross_is_infeasible(const struct call_index *index, const GPtrArray *pairs,
			 const struct pair *pair);

/* The pages come to the release by a callback that another call has passed. */
bool cross_is_other_callback(const struct call_index *index, const struct pair *pair);

/*
 * The pair of the same acquire with a release of its own kind, where a condition tells the two
 * releases apart, as it must; NULL for none. Not so where the kind is known: in the function that
 * acquires, or that calls it, if no other pages come there.
 */
const struct pair *cross_told_apart(const struct call_index *index, const GPtrArray *feeds,
				    const GPtrArray *pairs, const struct pair *cross);

/* Ids of the functions that the pages come through. Caller frees. */
GHashTable *functions_on_way(const struct graph *graph, const struct pair *pair);
/* GUARD_ bits of the functions on the way: of those where all calls decide it one way. */
unsigned int decided_on_way(const struct call_index *index, const struct guard *guard,
			    GHashTable *on_way);
/* The node of a function that is the call, or that calls the call's function; -1 for none. */
int node_for(const struct call_index *index, const struct ir_function *function,
	     const struct call_info *call);
/* Two nodes of a function are on different outcomes of a test: its number, or -1. */
int nodes_told_apart(const struct ir_function *function, int a, int b);

#endif
