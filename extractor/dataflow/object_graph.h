/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DATAFLOW_OBJECT_GRAPH_H
#define GUPCONV_DATAFLOW_OBJECT_GRAPH_H

#include "dataflow/graph.h"
#include "model/object_kind.h"

/*
 * Table object_flow, in memory: places that stand for objects, and what goes
 * between them.
 */

/**
 * struct object_row - a row of the table
 * @dst, @src: indices of places
 * @function: id of the one around, 0 for none
 */
struct object_row {
	int dst, src;
	enum object_kind kind;
	int file, line;
	int function;
};

/**
 * struct object_place - a place in it
 * @owner: of a parameter or result, also of one behind a pointer: key of the function
 * @in, @out: indices of rows
 */
struct object_place {
	int id;
	enum place_kind kind;
	const char *name;
	const char *scope;
	const char *owner;
	GArray *in, *out;
};

/**
 * struct object_graph - all of them
 * @places: of struct object_place *
 * @rows: of struct object_row
 * @by_name: "name\tscope" -> index of a place + 1
 */
struct object_graph {
	GStringChunk *strings;
	GPtrArray *places;
	GArray *rows;
	GHashTable *by_id;
	GHashTable *by_name;
};

/* The graph has its functions. */
struct object_graph *object_graph_load(struct db *db, const struct graph *graph, GError **error);
void object_graph_free(struct object_graph *objects);

static inline const struct object_place *object_place(const struct object_graph *objects, int place)
{
	return objects->places->pdata[place];
}
/* The object that a call of an allocator makes: "new@path:line:column". */
static inline bool object_is_new(const struct object_place *place)
{
	return g_str_has_prefix(place->name, "new@");
}
static inline const struct object_row *object_row(const struct object_graph *objects,
						  const GArray *list, guint index)
{
	return &g_array_index(objects->rows, struct object_row, g_array_index(list, int, index));
}
/* Index, or -1. */
int object_graph_find(const struct object_graph *objects, const char *name, const char *scope);
/* Parameter index of "&function", or -1; 0 to 15. */
int object_graph_param_of(const struct object_graph *objects, const struct object_place *function,
			  int index);

#endif
