/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_INDEX_RANGE_H
#define GUPCONV_CHECKERS_INDEX_RANGE_H

#include "checkers/function.h"

/* Symbolic index ranges: the entries of an array that a release drops. */

/**
 * struct range - entries @from up to, but without, @to
 * @base: the array, or the page when @one; NULL: not known
 * @from, @to: NULL: not known
 */
struct range {
	const struct expr *base;
	const struct expr *from, *to;
	bool one;
};

/* Of a call that is given pages and their number, or a single page by its name. */
struct range range_of_call(struct expr_pool *pool, const struct function *function, int call);
/* Of a loop that releases one entry each time round, whatever the entry is like. */
struct range range_of_loop(struct expr_pool *pool, const struct function *function, int head,
			   int release);
bool range_equal(const struct range *a, const struct range *b);
/* Some entry is in both, if both have any. */
bool ranges_meet(const struct range *a, const struct range *b);
/* The variable or member has another value from here on, or the array other entries. */
void range_forget(struct range *range, const struct expr *lhs);
/* A range of the callee's as an expression of its caller, at the call node. */
struct range range_of_callee(struct expr_pool *pool, const struct function *callee,
			     const struct ir_node *call, const struct range *inside);
/* An expression of the callee's as one of its caller; NULL when it has none. */
const struct expr *expr_of_callee(struct expr_pool *pool, const struct function *callee,
				  const struct ir_node *call, const struct expr *e);

#endif
