/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_ACQUIRE_SUMMARY_H
#define GUPCONV_CHECKERS_ACQUIRE_SUMMARY_H

#include "checkers/path_engine.h"

/*
 * Bottom-up summaries: a function that hands pages to its caller is an acquire there. Each is
 * made once, from those of its callees; in a recursion, a function hands nothing on. Pages
 * are followed for SUMMARY_HEIGHT calls up.
 */

/**
 * struct acquire_summary - pages that a function hands to its caller
 * @acquire: the call that they are of
 * @outcomes: of struct call_outcome; places begin with parameters of the function, or with
 *	EXPR_RETURNED
 * @request: index of the parameter with their number, -1: none
 * @number: of a constant number of pages, that; else NULL
 * @handle: as in struct path_query
 * @height: how many calls up they have come
 */
struct acquire_summary {
	const struct call_info *acquire;
	GArray *outcomes;
	int request;
	const struct expr *number;
	bool handle;
	int height;
};

/**
 * struct acquire_walk - all paths of a function with pages of one call
 * @through: the callee that handed them out; NULL: the call is the acquire itself
 */
struct acquire_walk {
	struct path_result *result;
	const struct function *through;
};

struct acquire_summaries;

struct acquire_summaries *acquire_summaries_new(const struct program *program);
void acquire_summaries_free(struct acquire_summaries *summaries);
/* Of struct acquire_walk, in the order of the calls; belongs to summaries. */
const GPtrArray *acquire_walks(struct acquire_summaries *summaries,
			       const struct function *function);

#endif
