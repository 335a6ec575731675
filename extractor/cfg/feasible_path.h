/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CFG_FEASIBLE_PATH_H
#define GUPCONV_CFG_FEASIBLE_PATH_H

#include "ir/cfg.h"

/*
 * Correlated branches: a path on which two tests of the same value have outcomes that exclude
 * each other is none. A path knows constants and the outcomes of tests; a store to an operand, or
 * a call that is given its address, forgets them.
 */

/*
 * Some path from the entry that goes by one node comes to the other. true as well where there
 * are too many to tell.
 */
bool ir_feasible(const struct ir_function *function, struct expr_pool *pool, int by, int to);

/* Functions of one way down by calls, the first and the last included. */
#define WAY_STEPS_MAX 4

/**
 * struct way_step - one function of a way that goes down by calls
 * @node: of its graph: the call of the next step's function; in the last step, where the way ends
 */
struct way_step {
	const struct ir_function *function;
	int node;
};

/*
 * Some path of the first function that goes by a node comes to its call, and from there down to the
 * last node: what is known of an argument is known of the parameter. A call is taken to change
 * whatever it has a pointer to, and variables of all. @count: up to WAY_STEPS_MAX.
 */
bool ir_feasible_down(struct expr_pool *pool, int by, const struct way_step *steps, int count);

/*
 * The question of a test, the same for each pair of opposite operators: "a == b" for both
 * "a == b" and "a != b". *flip: the test is its opposite.
 */
const struct expr *ir_question(struct expr_pool *pool, const struct ir_node *test, bool *flip);

#endif
