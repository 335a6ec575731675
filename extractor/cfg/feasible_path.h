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

/*
 * The question of a test, the same for each pair of opposite operators: "a == b" for both
 * "a == b" and "a != b". *flip: the test is its opposite.
 */
const struct expr *ir_question(struct expr_pool *pool, const struct ir_node *test, bool *flip);

#endif
