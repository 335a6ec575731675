/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CFG_CFG_EDGES_H
#define GUPCONV_CFG_CFG_EDGES_H

#include "ir/cfg.h"

/*
 * Edges of a graph, and paths along them. A LOOP's @no is no edge of control flow: the tests
 * and breaks of the loop lead behind it by edges of their own. IR_EDGES_PASS_BY takes it for
 * one, as if each loop could be passed by: a superset of the paths.
 */
enum ir_edges {
	IR_EDGES_CONTROL,
	IR_EDGES_PASS_BY,
};

/* The nodes behind one, at most two; their number. */
int ir_successors(const struct ir_function *function, int node, enum ir_edges edges, int next[2]);

/**
 * struct ir_preds - the inverse of ir_successors(), for all nodes
 * @first: index in @list of a node's first predecessor; the one behind the last node ends the list
 * @list: predecessors, those of each node in rising order
 */
struct ir_preds {
	int *first;
	int *list;
};

struct ir_preds *ir_preds_new(const struct ir_function *function, enum ir_edges edges);
void ir_preds_free(struct ir_preds *preds);

/**
 * struct ir_block - a basic block: one node after the other, entered at the first alone
 * @first, @last: nodes; between them, each is the only successor of the one before it, and has no
 *	other predecessor. The numbers of a block's nodes need not follow each other.
 */
struct ir_block {
	int first, last;
};

/*
 * The maximal basic blocks along control flow, by the number of their first node; every node is
 * in one block, also where nothing leads to it. block_of, if not NULL, gets the index of each
 * node's block. Of struct ir_block.
 */
GArray *ir_blocks(const struct ir_function *function, int *block_of);

/*
 * Some path of one edge or more leads from one node to the other
 * and does not enter a third (-1: any).
 */
bool ir_leads(const struct ir_function *function, int from, int to, int without,
	      enum ir_edges edges);
/* The same without entering a node with a mark before it; marks: of each node. */
bool ir_leads_around(const struct ir_function *function, int from, int to, const bool *marks,
		     enum ir_edges edges);
/*
 * Some path along control flow leads from one node to the other, also one without an edge;
 * from -1, none.
 * without: an edge that is not taken, test * 2 + 1 for yes, test * 2 for no; -1: none.
 */
bool ir_reaches(const struct ir_function *function, int from, int to, int without);
/* The same from one node to each: a bool a node. Caller frees. */
bool *ir_reached(const struct ir_function *function, int from);
/*
 * Without a branch or the head of a loop between them, the path from one node comes to the other.
 */
bool ir_is_straight(const struct ir_function *function, int from, int to);

#endif
