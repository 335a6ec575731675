/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CFG_CONSTANT_VALUES_H
#define GUPCONV_CFG_CONSTANT_VALUES_H

#include "ir/cfg.h"

/* Constant propagation on demand, backwards over the definitions that reach a node. */

/*
 * The constants, of long long, that an expression may be before a node; NULL where some path
 * brings another value. A member of a local object that its initialiser leaves out is 0. Caller
 * frees.
 */
GArray *ir_constant_values(const struct ir_function *function, int node, const struct expr *e);
/* The same on the paths alone that go by a node before they come to the other; by -1: on any. */
GArray *ir_constant_values_by(const struct ir_function *function, int by, int node,
			      const struct expr *e);

/*
 * The expression with locals replaced by what they were set to, so that parameters and what they
 * point to are all that is left, and nothing in the function changes these; NULL where it cannot
 * be.
 */
const struct expr *ir_in_parameters(const struct ir_function *function, struct expr_pool *pool,
				    int node, const struct expr *e);

/*
 * The same; or a member of what a parameter points to, as the function's caller gives it, where
 * the function itself stores nothing there before the node but the constants that are added
 * (of long long): "if (readonly) ask->out = NULL;".
 */
const struct expr *ir_in_parameters_or(const struct ir_function *function, struct expr_pool *pool,
				       int node, const struct expr *e, GArray *constants);

/* An expression of a callee's parameters, with a call's arguments; NULL where one is missing. */
const struct expr *ir_in_caller(struct expr_pool *pool, const struct expr *e,
				const struct ir_function *callee, const struct ir_node *call);

#endif
