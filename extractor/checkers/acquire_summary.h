/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_ACQUIRE_SUMMARY_H
#define GUPCONV_CHECKERS_ACQUIRE_SUMMARY_H

#include "checkers/path_engine.h"

/*
 * What each function does with the pages that come up in it: those of the
 * acquires that it calls, and those that a function which it calls hands on.
 */

/**
 * struct given - pages that a function hands to its caller
 * @acquire: the call that they are of
 * @outcomes: how a call of the function may end; keys are of its parameters, or KEY_RETURNED
 * @request: parameter that says how many there are to be, -1: none
 * @height: how many calls up they have come
 */
struct given {
	const struct call_info *acquire;
	GArray *outcomes;
	int request;
	int height;
};

/**
 * struct given_walk - all paths of a function with pages of one call
 * @through: the function that took them and was called for it; NULL: the acquire itself
 */
struct given_walk {
	struct exploration *exploration;
	const struct body *through;
};

struct givens;

struct givens *givens_new(const struct bodies *bodies);
void givens_free(struct givens *givens);
/* Of struct given_walk, in the order of the calls; belongs to givens. */
const GPtrArray *givens_walks(struct givens *givens, const struct body *body);

#endif
