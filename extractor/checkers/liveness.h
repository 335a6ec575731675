/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_LIVENESS_H
#define GUPCONV_CHECKERS_LIVENESS_H

#include "checkers/function.h"

/*
 * Liveness of expressions, a backward may-analysis: which keys of an environment
 * may still be read on a path from a node. States that differ only in dead keys
 * are merged. Besides variables it knows members, elements and the outcomes of
 * tests; a variable that no test, result or count depends on is never live.
 */
struct liveness;

struct liveness *liveness_new(struct expr_pool *pool, const struct function *function);
/* liveness: struct liveness * */
void liveness_free(void *liveness);

/* The key may be read when a path comes to the node. */
bool liveness_has(const struct liveness *liveness, int node, const struct expr *key);
/* Tests, results or counts depend on the variable, somewhere in the function. */
bool liveness_matters(const struct liveness *liveness, const struct expr *root);

#endif
