/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CFG_NATURAL_LOOPS_H
#define GUPCONV_CFG_NATURAL_LOOPS_H

#include "cfg/dominators.h"

/**
 * struct ir_loop - a natural loop
 * @head: the node that every path enters it by
 * @parent: index of the loop around it, -1: none
 * @depth: loops around it, and itself: from 1
 * @count: nodes in it, the head and those of inner loops too
 */
struct ir_loop {
	int head;
	int parent;
	int depth;
	int count;
};

/**
 * struct ir_loops - the natural loops of a function, also those that a goto makes
 * @list: of struct ir_loop, outer ones before inner ones, then by head
 * @innermost: for each node the index of the innermost loop that it is in, or -1
 * @irreducible: there is a cycle that can be entered at several nodes: it is no natural loop
 */
struct ir_loops {
	GArray *list;
	int *innermost;
	bool irreducible;
};

struct ir_loops *ir_loops_new(const struct ir_function *function,
			      const struct ir_dominators *dominators);
void ir_loops_free(struct ir_loops *loops);

/*
 * By the statements of the text, where a node behind a return or break in the body counts too:
 * the head of the innermost for, while or do around a node, or -1. See ir_in_loop().
 */
int ir_loop_around(const struct ir_function *function, int node);

#endif
