/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DATAFLOW_GRAPH_LOAD_H
#define GUPCONV_DATAFLOW_GRAPH_LOAD_H

#include "dataflow/graph.h"

/* The parts that graph_load() is made of. */

static inline const char *graph_intern(struct graph *graph, const char *text)
{
	return g_string_chunk_insert_const(graph->strings, text);
}

/* The node that a place is for a file and a heap clone; -1 for no place. */
int graph_node_of(struct graph *graph, int place_id, int file, int context);
/* Another node of the place, that nobody else finds. */
int graph_node_between(struct graph *graph, int place_id);
void graph_edge_add(struct graph *graph, int from, struct edge edge);

/* Functions, places and clones are there. */
bool graph_load_flows(struct graph *graph, struct db *db, GError **error);
bool graph_load_calls(struct graph *graph, struct db *db, GError **error);

#endif
