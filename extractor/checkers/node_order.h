/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_NODE_ORDER_H
#define GUPCONV_CHECKERS_NODE_ORDER_H

#include "cfg/natural_loops.h"
#include "checkers/function.h"

/* How the nodes of a function lie to each other, beyond what room cfg has: no values. */

/* The other outcome of the test leaves at once, by a return that the node does not reach. */
bool node_is_skipped_by_return(const struct function *function, int test, int outcome, int node);
/*
 * The lowest node that reads the variable on some path from start, before it is written:
 * forward search, each node once. -1: none.
 */
int node_reading_after(const struct function *function, int start, const struct expr *name);
/* A goto: a join whose next node is the join of a label. */
bool node_is_goto(const struct function *function, int node);
/* The test that lets only an entry that is not NULL come to the release, or -1. */
int node_null_guard(const struct function *function, int release);

#endif
