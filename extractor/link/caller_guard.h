/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_CALLER_GUARD_H
#define GUPCONV_LINK_CALLER_GUARD_H

#include "cfg/cfg_load.h"
#include "dataflow/graph.h"

/*
 * A guard is a test that decides whether a node is come to. Where its operand is a parameter, or
 * a member of an object that a parameter points to, the callers decide it: by a constant argument
 * (get(addr, true, &page)), or by the constant that they put into that member
 * (struct ask ask = { .pin = true }). The operand is rewritten in terms of each caller
 * (weakest precondition), up to where it is a constant.
 */

/* How a guard ends in calls that a function makes, a bit each. */
enum { GUARD_HOLDS = 1, GUARD_FAILS = 2, GUARD_OPEN = 4 };

/**
 * struct guard - a test and the outcome that leads to the node
 * @function: that both are in
 * @test: number of its node
 * @outcome: 1: it holds, 0: it does not
 */
struct guard {
	const struct ir_function *function;
	int test;
	int outcome;
};

/**
 * struct call_index - the calls of all functions
 * @by_callee: name, of the pool -> GArray of struct call_at
 */
struct call_index {
	const struct graph *graph;
	const struct cfg *cfg;
	GHashTable *by_callee;
};

/* A node that calls. */
struct call_at {
	const struct ir_function *function;
	int node;
};

struct call_index *call_index_new(const struct graph *graph, const struct cfg *cfg);
void call_index_free(struct call_index *index);
/* Direct calls of the function: of struct call_at, in order. Caller frees. */
GArray *call_index_callers(const struct call_index *index, const struct ir_function *function);

/* The guards of a node: of struct guard, in the order of the text. Caller frees. */
GArray *guards_of(const struct ir_function *function, int node);

/* Function id -> GUARD_ bits, of those functions that it depends on. Caller frees. */
GHashTable *guard_callers(const struct call_index *index, const struct guard *guard);

#endif
