/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_SUMMARY_H
#define GUPCONV_LINK_SUMMARY_H

#include "link/match.h"

/*
 * Functions that take or release pages for their callers. One that hands
 * acquired pages out (by its result, an array or container of its caller's, or
 * a field of a struct that its signature names) is an acquire for the code that calls
 * it; one that drops the pages that come in so is a release. A function that
 * calls those and hands on the same way is one too, to a fixpoint.
 */

/* How pages go into a function or out of it. */
enum carrier_kind { CARRIER_RESULT, CARRIER_PARAMETER, CARRIER_OBJECT };

/**
 * struct carrier - by what a wrapper hands pages on; table wrapper has it as text
 * @parameter: of CARRIER_PARAMETER, from 0
 * @tag: of CARRIER_OBJECT: of the struct, interned
 */
struct carrier {
	enum carrier_kind kind;
	int parameter;
	const char *tag;
};

/**
 * struct wrapper - a row of table wrapper
 * @call: of the API, at the bottom
 * @through: the wrapper that is called to get there, or NULL for the call itself
 * @round: 1 where @through is NULL, else one more than its
 * @id: given when it is written
 */
struct wrapper {
	const struct function_info *function;
	bool release;
	const struct call_info *call;
	const struct wrapper *through;
	int round;
	struct carrier carrier;
	int id;
};

/**
 * struct wrapping - what wrappers are found from
 */
struct wrapping {
	const struct graph *graph;
	const GPtrArray *feeds;
	const GPtrArray *pairs;
	const struct call_graph *invokes;
	const struct api_table *apis;
};

/* Of struct wrapper *, by path, line and role. */
GPtrArray *wrappers_of(const struct wrapping *w);
bool wrappers_write(struct db *db, const struct wrapping *w, GPtrArray *wrappers, GError **error);

#endif
