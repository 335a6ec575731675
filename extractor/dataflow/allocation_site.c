// SPDX-License-Identifier: GPL-2.0-only
#include "dataflow/allocation_site.h"

#define CHAIN_MAX 5
#define ALLOCATIONS_MAX 2000 /* a bound for hostile trees; real ones have a few hundred */

static void allocation_clear(void *data)
{
	g_array_unref(((struct allocation_site *)data)->chain);
}

static GArray *chain_copy(const GArray *chain)
{
	GArray *copy = g_array_new(FALSE, FALSE, sizeof(struct made));

	return chain->len ? g_array_append_vals(copy, chain->data, chain->len) : copy;
}

static void allocation_add(GArray *allocations, int origin, int function, const GArray *chain)
{
	struct allocation_site allocation = { origin, function, chain_copy(chain) };

	g_array_append_val(allocations, allocation);
}

/* The place of the function's result, if what is in a variable of it gets there; else -1. */
static int returned_by(const struct object_graph *objects, const char *owner, int from)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
	g_autoptr(GArray) queue = g_array_new(FALSE, FALSE, sizeof(int));

	g_array_append_val(queue, from);
	for (guint i = 0; i < queue->len; i++) {
		int at = g_array_index(queue, int, i);
		const struct object_place *place = object_place(objects, at);

		if (place->kind == PLACE_RETURN && g_str_equal(place->owner, owner))
			return at;
		if (place->kind != PLACE_LOCAL || !g_hash_table_add(seen, GINT_TO_POINTER(at)))
			continue;
		for (guint r = 0; r < place->out->len; r++)
			if (object_row(objects, place->out, r)->kind == OBJECT_POINTS)
				g_array_append_val(queue, object_row(objects, place->out, r)->dst);
	}
	return -1;
}

struct site_search {
	const struct object_graph *objects;
	const struct graph *graph;
	GArray *allocations;
	int origin;
};

/* A new object is in a place of a function: is it handed out, and to whom? */
static void follow(struct site_search *m, int place, int function, GArray *chain)
{
	const struct function_info *info = graph_function(m->graph, function);
	int result = info && chain->len < CHAIN_MAX ? returned_by(m->objects, info->key, place)
						    : -1;
	const struct object_place *returned = result < 0 ? NULL : object_place(m->objects, result);
	bool handed = false;

	for (guint i = 0; returned && i < returned->out->len; i++) {
		const struct object_row *row = object_row(m->objects, returned->out, i);
		struct made made = { returned->owner, row->file, row->line, row->function };

		if (row->kind != OBJECT_POINTS || row->function == function)
			continue;
		handed = true;
		if (m->allocations->len >= ALLOCATIONS_MAX)
			return;
		g_array_append_val(chain, made);
		follow(m, row->dst, row->function, chain);
		g_array_set_size(chain, chain->len - 1);
	}
	if (!handed)
		allocation_add(m->allocations, m->origin, function, chain);
}

GArray *allocation_sites_of(const struct object_graph *objects, const struct graph *graph)
{
	struct site_search m = { .objects = objects, .graph = graph };
	g_autoptr(GArray) chain = g_array_new(FALSE, FALSE, sizeof(struct made));

	m.allocations = g_array_new(FALSE, FALSE, sizeof(struct allocation_site));
	g_array_set_clear_func(m.allocations, allocation_clear);
	for (guint i = 0; i < objects->places->len; i++) {
		const struct object_place *place = object_place(objects, i);

		if (!object_is_new(place))
			continue;
		m.origin = i;
		for (guint r = 0; r < place->out->len; r++) {
			const struct object_row *row = object_row(objects, place->out, r);

			if (row->kind == OBJECT_POINTS)
				follow(&m, row->dst, row->function, chain);
		}
	}
	return m.allocations;
}

const struct made *allocation_site_made_by(const struct allocation_site *allocation,
					   const char *owner)
{
	for (guint i = 0; owner && i < allocation->chain->len; i++) {
		const struct made *made = &g_array_index(allocation->chain, struct made, i);

		if (g_str_equal(made->owner, owner))
			return made;
	}
	return NULL;
}
