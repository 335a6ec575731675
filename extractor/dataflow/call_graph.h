/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DATAFLOW_CALL_GRAPH_H
#define GUPCONV_DATAFLOW_CALL_GRAPH_H

#include "dataflow/graph.h"

/* A direct call, of table invoke. */
struct invoked {
	int file;
	int line;
};

/**
 * struct call_graph - who calls whom
 * @by_callee: key of a function, as struct function_info has it -> GArray of struct invoked
 */
struct call_graph {
	GHashTable *by_callee;
};

struct call_graph *call_graph_load(struct db *db, GError **error);
void call_graph_free(struct call_graph *invokes);

/* The calls of a function, in order, or NULL. */
const GArray *call_graph_of(const struct call_graph *invokes, const char *key);

/* It has callers out of sight: in another file, or through a pointer. */
bool call_graph_are_open(const struct call_graph *invokes, const struct function_info *function);

/* The function's parameters ('=' and the first tag left out) or its result point to this struct. */
bool function_has_object(const struct function_info *function, const char *tag, size_t length,
			 bool result_too);

#endif
