// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "dataflow/fnptr_targets.h"
#include "dataflow/heap_clone.h"
#include "dataflow/points_to.h"

#define CONTEXTS_MAX 24	/* more contexts than a driver has: such a member stays one place */

/**
 * struct access - a member in a function
 * @set: objects that it may be of
 * @base: the one place that these come from, or -1 for several
 * @contexts: of int
 */
struct access {
	int place;
	int function;
	guint64 *set;
	int base;
	GArray *contexts;
};

/**
 * struct heap_clones - all that is told apart
 * @accesses: key of place and function -> struct access
 * @split: place id -> all its contexts, of int, with 0
 * @merged: allocation -> the allocation that stands for it, -1 for context 0
 * @words: context -> text
 */
struct heap_clones {
	struct object_graph *objects;
	struct call_graph *invokes;
	GArray *allocations;
	struct points *points;
	GHashTable *accesses;
	GHashTable *split;
	int *merged;
	GPtrArray *words;
};

static void access_free(void *data)
{
	struct access *access = data;

	g_free(access->set);
	g_array_unref(access->contexts);
	g_free(access);
}

static gint64 access_key(int place, int function)
{
	return ((gint64)place << 32) | (guint32)function;
}

static struct access *access_find(const struct heap_clones *clones, int place, int function)
{
	gint64 key = access_key(place, function);

	return g_hash_table_lookup(clones->accesses, &key);
}

static struct access *access_get(struct heap_clones *clones, int place, int function, int base)
{
	struct access *access = access_find(clones, place, function);
	gint64 key = access_key(place, function);

	if (access) {
		if (access->base != base)
			access->base = -1;
		return access;
	}
	access = g_new0(struct access, 1);
	access->place = place;
	access->function = function;
	access->set = g_new0(guint64, clones->points->words);
	access->base = base;
	access->contexts = g_array_new(FALSE, FALSE, sizeof(int));
	g_hash_table_insert(clones->accesses, g_memdup2(&key, sizeof(key)), access);
	return access;
}

static void find_accesses(struct heap_clones *clones)
{
	for (guint i = 0; i < clones->objects->rows->len; i++) {
		const struct object_row *row = &g_array_index(clones->objects->rows,
							      struct object_row, i);
		const guint64 *set = points_set(clones->points, row->src);
		struct access *access;

		if (row->kind != OBJECT_MEMBER)
			continue;
		access = access_get(clones, object_place(clones->objects, row->dst)->id,
				    row->function, row->src);
		for (guint w = 0; w < clones->points->words; w++)
			access->set[w] |= set[w];
	}
}

/* -- allocations that cannot be told apart -- */

static int merged_of(const struct heap_clones *clones, int allocation)
{
	while (allocation >= 0 && clones->merged[allocation] != allocation)
		allocation = clones->merged[allocation];
	return allocation;
}

static void merge(struct heap_clones *clones, int a, int b)
{
	a = merged_of(clones, a);
	b = merged_of(clones, b);
	if (a < 0 || b < 0) {
		if (MAX(a, b) >= 0)
			clones->merged[MAX(a, b)] = -1;
		return;
	}
	clones->merged[MAX(a, b)] = MIN(a, b);
}

/* *a = *b: the objects share what they have. */
static void merge_copies(struct heap_clones *clones)
{
	for (guint i = 0; i < clones->allocations->len; i++)
		clones->merged[i] = i;
	for (guint i = 0; i < clones->objects->rows->len; i++) {
		const struct object_row *row = &g_array_index(clones->objects->rows,
							      struct object_row, i);
		const guint64 *a = points_set(clones->points, row->dst);
		const guint64 *b = points_set(clones->points, row->src);
		int first = bits_are_any(a) || bits_are_any(b) ? -1 : -2;

		for (guint n = 0; row->kind == OBJECT_COPY && n < clones->allocations->len; n++) {
			if (!bit_is_set(a, n + 1) && !bit_is_set(b, n + 1))
				continue;
			if (first == -2)
				first = n;
			merge(clones, first, n);
		}
	}
}

/* -- contexts -- */

static void contexts_add(GArray *contexts, int context)
{
	guint at = 0;

	while (at < contexts->len && g_array_index(contexts, int, at) < context)
		at++;
	if (at == contexts->len || g_array_index(contexts, int, at) != context)
		g_array_insert_val(contexts, at, context);
}

static void contexts_of_set(const struct heap_clones *clones, const guint64 *set, GArray *contexts)
{
	for (guint n = 0; n < clones->allocations->len; n++)
		if (bit_is_set(set, n + 1))
			contexts_add(contexts, merged_of(clones, n) + 1);
}

static void split_places(struct heap_clones *clones)
{
	g_autoptr(GHashTable) told = g_hash_table_new(NULL, NULL);
	GHashTableIter iter;
	void *data;

	g_hash_table_iter_init(&iter, clones->accesses);
	while (g_hash_table_iter_next(&iter, NULL, &data)) {
		const struct access *access = data;
		void *place = GINT_TO_POINTER(access->place);
		GArray *all = g_hash_table_lookup(clones->split, place);
		int rest = 0;

		if (!bits_are_any(access->set))
			g_hash_table_add(told, place);
		if (!all) {
			all = g_array_new(FALSE, FALSE, sizeof(int));
			g_array_append_val(all, rest);
			g_hash_table_insert(clones->split, place, all);
		}
		contexts_of_set(clones, access->set, all);
	}
	g_hash_table_iter_init(&iter, clones->split);
	while (g_hash_table_iter_next(&iter, &data, NULL)) {
		const GArray *all = g_hash_table_lookup(clones->split, data);

		/* 0 and one context: there is nothing to tell it from */
		if (!g_hash_table_contains(told, data) || all->len < 3 || all->len > CONTEXTS_MAX)
			g_hash_table_iter_remove(&iter);
	}
	g_hash_table_iter_init(&iter, clones->accesses);
	while (g_hash_table_iter_next(&iter, NULL, &data))
		contexts_of_set(clones, ((struct access *)data)->set,
				((struct access *)data)->contexts);
}

/* -- words -- */

/**
 * struct kept_function - a parameter of a function that is kept in some object
 * @set: objects that the parameter may point to
 */
struct kept_function {
	const char *name;
	const guint64 *set;
};

static bool is_stored(const struct heap_clones *clones, const struct object_place *value)
{
	for (guint r = 0; r < value->out->len; r++) {
		int dst = object_row(clones->objects, value->out, r)->dst;

		if (object_place(clones->objects, dst)->kind != PLACE_OTHER)
			return true;
	}
	return false;
}

#define PARAMS_LOOKED_AT 16

static GArray *kept_functions(const struct heap_clones *clones)
{
	GArray *kept = g_array_new(FALSE, FALSE, sizeof(struct kept_function));

	for (guint i = 0; i < clones->objects->places->len; i++) {
		const struct object_place *value = object_place(clones->objects, i);
		bool stored = *value->name == '&' && is_stored(clones, value);

		for (int p = 0; stored && p < PARAMS_LOOKED_AT; p++) {
			int param = object_graph_param_of(clones->objects, value, p);
			struct kept_function one = { value->name + 1, NULL };

			one.set = param < 0 ? NULL : points_set(clones->points, param);
			if (one.set && !bits_are_any(one.set))
				g_array_append_val(kept, one);
		}
	}
	return kept;
}

/* The function that is left in the object: of several, the first by its name. */
static const char *callback_of(const GArray *kept, int allocation)
{
	const char *best = NULL;

	for (guint i = 0; i < kept->len; i++) {
		const struct kept_function *one = &g_array_index(kept, struct kept_function, i);

		if (bit_is_set(one->set, allocation + 1) && (!best || strcmp(one->name, best) < 0))
			best = one->name;
	}
	return best;
}

static void find_words(struct heap_clones *clones, const struct graph *graph)
{
	g_autoptr(GArray) kept = kept_functions(clones);

	g_ptr_array_add(clones->words, g_strdup("others"));
	for (guint i = 0; i < clones->allocations->len; i++) {
		const struct allocation_site *allocation = &g_array_index(
			clones->allocations, struct allocation_site, i);
		const struct function_info *function = graph_function(graph, allocation->function);
		const char *callback = callback_of(kept, i);

		g_ptr_array_add(clones->words, g_strdup(callback ? callback :
							function ? function->name : "?"));
	}
}

static void array_free(void *array)
{
	g_array_unref(array);
}

struct heap_clones *heap_clones_load(struct db *db, const struct graph *graph, GError **error)
{
	struct heap_clones *clones = g_new0(struct heap_clones, 1);

	clones->accesses = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, access_free);
	clones->split = g_hash_table_new_full(NULL, NULL, NULL, array_free);
	clones->words = g_ptr_array_new_with_free_func(g_free);
	clones->objects = object_graph_load(db, graph, error);
	clones->invokes = clones->objects ? call_graph_load(db, error) : NULL;
	if (!clones->invokes) {
		heap_clones_free(clones);
		return NULL;
	}
	clones->allocations = allocation_sites_of(clones->objects, graph);
	clones->points = points_new(clones->objects, graph, clones->invokes, clones->allocations);
	clones->merged = g_new0(int, clones->allocations->len + 1);
	find_accesses(clones);
	merge_copies(clones);
	split_places(clones);
	find_words(clones, graph);
	return clones;
}

void heap_clones_free(struct heap_clones *clones)
{
	g_clear_pointer(&clones->points, points_free);
	g_clear_pointer(&clones->allocations, g_array_unref);
	g_clear_pointer(&clones->invokes, call_graph_free);
	g_clear_pointer(&clones->objects, object_graph_free);
	g_hash_table_destroy(clones->accesses);
	g_hash_table_destroy(clones->split);
	g_ptr_array_unref(clones->words);
	g_free(clones->merged);
	g_free(clones);
}

const GArray *heap_clones_of(const struct heap_clones *clones, int place, int function, bool *known)
{
	const GArray *all = g_hash_table_lookup(clones->split, GINT_TO_POINTER(place));
	const struct access *access = all ? access_find(clones, place, function) : NULL;

	*known = access && !bits_are_any(access->set) && access->contexts->len;
	return *known ? access->contexts : all;
}

bool heap_clones_are_same(const struct heap_clones *clones, int place, int other, int function)
{
	const struct access *a = access_find(clones, place, function);
	const struct access *b = access_find(clones, other, function);

	return a && b && a->base >= 0 && a->base == b->base;
}

static bool allocation_allows(const struct allocation_site *allocation, const char *owner, int file,
			      int line)
{
	const struct made *made = allocation_site_made_by(allocation, owner);

	return !made || (made->file == file && made->line == line);
}

bool heap_clones_allow(const struct heap_clones *clones, int context, const char *owner, int file,
		       int line)
{
	for (guint i = 0; context > 0 && i < clones->allocations->len; i++)
		if (merged_of(clones, i) == context - 1 &&
		    allocation_allows(
			    &g_array_index(clones->allocations, struct allocation_site, i), owner,
			    file, line))
			return true;
	return context < 1;
}

GArray *heap_clones_calls(const struct heap_clones *clones, int context, const char *owner)
{
	GArray *calls = g_array_new(FALSE, FALSE, sizeof(struct call_site));
	const struct allocation_site *allocation = &g_array_index(
		clones->allocations, struct allocation_site, context - 1);
	bool inside = false;

	for (guint i = 0; i < clones->allocations->len; i++)
		if ((int)i != context - 1 && merged_of(clones, i) == context - 1)
			return calls;
	for (guint i = 0; i < allocation->chain->len; i++) {
		const struct made *made = &g_array_index(allocation->chain, struct made, i);
		struct call_site site = { made->owner, made->file, made->line };

		inside |= g_str_equal(made->owner, owner);
		if (inside)
			g_array_append_val(calls, site);
	}
	return calls;
}

const char *heap_clones_words(const struct heap_clones *clones, int context)
{
	return clones->words->pdata[context];
}
