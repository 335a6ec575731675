/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DATAFLOW_REACHABILITY_H
#define GUPCONV_DATAFLOW_REACHABILITY_H

#include "dataflow/graph.h"

/**
 * struct reached - a node that pages come to, and how
 * @node: which
 * @from: index of the reached that they came from, -1 at the start
 * @file, @line: of the flow that brought them here
 * @stack: the calls that are open
 * @origin: the node is a name of the very array that the pages were put into
 * @forward: they came from one array into another: no way back
 */
struct reached {
	int node;
	int from;
	int file;
	int line;
	int stack;
	bool forward;
	bool origin;
};

/**
 * struct reach - everything that pages come to from one start
 * @steps: of struct reached, nearest first
 * @first: node -> index of its first in @steps, -1 where pages do not come
 */
struct reach {
	GArray *steps;
	int *first;
};

/* A flow that is none for the pages in question: between two nodes, by its evidence. */
struct reach_cut {
	int from, to;
	int file, line;
};

/*
 * Follows the flow from a node. A flow into a function by one call does not
 * come out by another one: the calls that are open are kept in mind, up to a
 * few. A field or a global forgets them, since any function may read it at any time.
 */
struct reach *reach_from(const struct graph *graph, int node, int file, int line);
/* The same without some flows: of struct reach_cut. */
struct reach *reach_from_without(const struct graph *graph, int node, int file, int line,
				 const GArray *cuts);
/* The same for what is in the node's array already, not put into it here. */
struct reach *reach_from_content(const struct graph *graph, int node);
struct reach *reach_from_content_without(const struct graph *graph, int node, const GArray *cuts);
/* As content, and only by this edge of the node at first. */
struct reach *reach_from_edge(const struct graph *graph, int node, const struct edge *edge);
void reach_free(struct reach *reach);

/*
 * The file that has the flow of a step: of one in an inline function, the file that pages came into
 * the function's copy from.
 */
int reach_user(const struct graph *graph, const struct reach *reach, guint step);

static inline bool reach_has(const struct reach *reach, int node)
{
	return node >= 0 && reach->first[node] >= 0;
}

#endif
