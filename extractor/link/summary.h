/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_SUMMARY_H
#define GUPCONV_LINK_SUMMARY_H

#include "link/match.h"

/*
 * Functions that take or release pages for their callers. One that hands
 * acquired pages out (by its result, an array or container of its caller's, or
 * a field of a struct that its signature names) is an acquire for whoever calls
 * it; one that drops the pages that come in so is a release. What calls those
 * and hands on the same way is one too, to a fixpoint.
 */

/**
 * struct wrapper - a row of table wrapper
 * @call: of the API, at the bottom
 * @through: the wrapper that is called to get there, or NULL for the call itself
 * @round: 1 where @through is NULL, else one more than its
 * @carrier: "result", "parameter 2", "struct ib_umem"
 * @id: given when it is written
 */
struct wrapper {
	const struct function_info *function;
	bool release;
	const struct call_info *call;
	const struct wrapper *through;
	int round;
	char *carrier;
	int id;
};

/**
 * struct wrapping - what wrappers are found from
 */
struct wrapping {
	const struct graph *graph;
	const GPtrArray *feeds;
	const GPtrArray *pairs;
	const struct invokes *invokes;
	const struct api_table *apis;
};

/* Of struct wrapper *, by path, line and role. */
GPtrArray *wrappers_of(const struct wrapping *w);
bool wrappers_write(struct db *db, const struct wrapping *w, GPtrArray *wrappers, GError **error);

#endif
