// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "dataflow/fnptr_targets.h"

static bool is_binding(const struct object_row *row)
{
	return row->kind == OBJECT_CALLBACK || row->kind == OBJECT_HANDED;
}

struct target_search {
	const struct object_graph *objects;
	const struct graph *graph;
	const struct allocation_site *allocation;
	GHashTable *seen;
	GHashTable *found;
};

/* A parameter of a function that made the object holds what that very call gave it. */
static bool is_of_birth(const struct target_search *search, const struct object_place *holder,
			const struct object_row *row)
{
	const struct made *made = search->allocation && holder->kind == PLACE_PARAM ?
		allocation_site_made_by(search->allocation, holder->owner) : NULL;

	return !made || (made->file == row->file && made->line == row->line);
}

static void collect(struct target_search *search, int place)
{
	const struct object_place *holder = object_place(search->objects, place);

	if (*holder->name == '&') {
		g_hash_table_add(search->found, GINT_TO_POINTER(place));
		return;
	}
	if (!g_hash_table_add(search->seen, GINT_TO_POINTER(place)))
		return;
	for (guint i = 0; i < holder->in->len; i++) {
		const struct object_row *row = object_row(search->objects, holder->in, i);

		if (is_binding(row) && is_of_birth(search, holder, row))
			collect(search, row->src);
	}
}

GHashTable *fnptr_target_functions(const struct object_graph *objects, const struct graph *graph,
				   int holder, const struct allocation_site *allocation)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
	struct target_search search = { objects, graph, allocation, seen,
					g_hash_table_new(NULL, NULL) };

	collect(&search, holder);
	return search.found;
}

/* It is called, or given on. */
static bool is_used(const struct object_graph *objects, const struct object_place *holder)
{
	for (int i = 0; i < 16; i++) {
		g_autofree char *name = g_strdup_printf("*%s(#%d)", holder->name, i);

		if (object_graph_find(objects, name, holder->scope) >= 0)
			return true;
	}
	return holder->out->len;
}

/* Where a function's value ends: nothing is seen of what happens to it there. */
static bool is_lost(const struct object_graph *objects, const struct graph *graph,
		    const struct object_row *row)
{
	const struct object_place *dst = object_place(objects, row->dst);

	if (row->kind != OBJECT_HANDED)
		return false;
	if (dst->kind == PLACE_PARAM && (*dst->name == '*' || !graph_has_body(graph, dst->owner)))
		return true;
	return (dst->kind != PLACE_LOCAL && dst->kind != PLACE_PARAM) || !is_used(objects, dst);
}

GHashTable *fnptr_targets_tainted(const struct object_graph *objects, const struct graph *graph)
{
	GHashTable *tainted = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < objects->rows->len; i++) {
		const struct object_row *row = &g_array_index(objects->rows, struct object_row, i);
		g_autoptr(GHashTable) functions = NULL;
		GHashTableIter iter;
		void *function;

		if (!is_lost(objects, graph, row))
			continue;
		functions = fnptr_target_functions(objects, graph, row->src, NULL);
		g_hash_table_iter_init(&iter, functions);
		while (g_hash_table_iter_next(&iter, &function, NULL))
			g_hash_table_add(tainted, function);
	}
	return tainted;
}

int fnptr_target_of(const struct object_graph *objects, const struct object_place *behind)
{
	const char *end = strrchr(behind->name, '(');
	g_autofree char *name = end ? g_strndup(behind->name + 1, end - behind->name - 1) : NULL;

	return name && *behind->name == '*' ? object_graph_find(objects, name, behind->scope) : -1;
}
