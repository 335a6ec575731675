/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CFG_DOMINATORS_H
#define GUPCONV_CFG_DOMINATORS_H

#include "cfg/cfg_edges.h"

/**
 * struct ir_dominators - a tree of dominators, or of post-dominators
 * @immediate: for each node its immediate dominator; of the root, the root itself; -1 of a node
 *	that no path from the root comes to
 * @order: for each node its number in reverse postorder, from 0 of the root; -1 likewise
 * @root: node 0; of post-dominators the virtual exit, numbered as the nodes are many, which
 *	every node without a successor leads to
 */
struct ir_dominators {
	int *immediate;
	int *order;
	int root;
};

/* a dominates b: every path from the entry to b goes through a. */
struct ir_dominators *ir_dominators_new(const struct ir_function *function);
/* a post-dominates b: every path from b to an end of the function goes through a. */
struct ir_dominators *ir_postdominators_new(const struct ir_function *function);
void ir_dominators_free(struct ir_dominators *dominators);

/* Also where a is b; false where no path from the root comes to b. */
bool ir_dominates(const struct ir_dominators *dominators, int a, int b);

/*
 * The outcome of a test that dominates a node as an edge: 1 yes, 0 no, -1 neither. A node that no
 * path comes to has 1.
 */
int ir_deciding_outcome(const struct ir_function *function, int test, int node);
/* A test of a call's result decides that the node is come to where it is not 0 (truth), or is 0. */
bool ir_result_decides(const struct ir_function *function, const struct expr *result, int node,
		       bool truth);

#endif
