// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "dataflow/fnptr_targets.h"
#include "dataflow/heap_clone.h"
#include "dataflow/points_to.h"

#define WAYS_MAX 24	/* more ways than a driver has: such a member stays one place */

/**
 * struct access - a member in a function
 * @set: objects that it may be of
 * @base: the one place that these come from, or -1 for several
 * @ways: of int
 */
struct access {
	int place;
	int function;
	guint64 *set;
	int base;
	GArray *ways;
};

/**
 * struct heap_clones - all that is told apart
 * @accesses: key of place and function -> struct access
 * @split: place id -> all its ways, of int, with 0
 * @merged: birth -> the birth that stands for it, -1 for way 0
 * @words: way -> text
 */
struct heap_clones {
	struct object_graph *objects;
	struct call_graph *invokes;
	GArray *births;
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
	g_array_unref(access->ways);
	g_free(access);
}

static gint64 access_key(int place, int function)
{
	return ((gint64)place << 32) | (guint32)function;
}

static struct access *access_find(const struct heap_clones *lives, int place, int function)
{
	gint64 key = access_key(place, function);

	return g_hash_table_lookup(lives->accesses, &key);
}

static struct access *access_get(struct heap_clones *lives, int place, int function, int base)
{
	struct access *access = access_find(lives, place, function);
	gint64 key = access_key(place, function);

	if (access) {
		if (access->base != base)
			access->base = -1;
		return access;
	}
	access = g_new0(struct access, 1);
	access->place = place;
	access->function = function;
	access->set = g_new0(guint64, lives->points->words);
	access->base = base;
	access->ways = g_array_new(FALSE, FALSE, sizeof(int));
	g_hash_table_insert(lives->accesses, g_memdup2(&key, sizeof(key)), access);
	return access;
}

static void find_accesses(struct heap_clones *lives)
{
	for (guint i = 0; i < lives->objects->rows->len; i++) {
		const struct object_row *row = &g_array_index(lives->objects->rows,
							      struct object_row, i);
		const guint64 *set = points_set(lives->points, row->src);
		struct access *access;

		if (row->kind != OBJECT_MEMBER)
			continue;
		access = access_get(lives, object_place(lives->objects, row->dst)->id,
				    row->function, row->src);
		for (guint w = 0; w < lives->points->words; w++)
			access->set[w] |= set[w];
	}
}

/* -- births that cannot be told apart -- */

static int merged_of(const struct heap_clones *lives, int birth)
{
	while (birth >= 0 && lives->merged[birth] != birth)
		birth = lives->merged[birth];
	return birth;
}

static void merge(struct heap_clones *lives, int a, int b)
{
	a = merged_of(lives, a);
	b = merged_of(lives, b);
	if (a < 0 || b < 0) {
		if (MAX(a, b) >= 0)
			lives->merged[MAX(a, b)] = -1;
		return;
	}
	lives->merged[MAX(a, b)] = MIN(a, b);
}

/* *a = *b: the objects share what they have. */
static void merge_copies(struct heap_clones *lives)
{
	for (guint i = 0; i < lives->births->len; i++)
		lives->merged[i] = i;
	for (guint i = 0; i < lives->objects->rows->len; i++) {
		const struct object_row *row = &g_array_index(lives->objects->rows,
							      struct object_row, i);
		const guint64 *a = points_set(lives->points, row->dst);
		const guint64 *b = points_set(lives->points, row->src);
		int first = bits_are_any(a) || bits_are_any(b) ? -1 : -2;

		for (guint n = 0; row->kind == OBJECT_COPY && n < lives->births->len; n++) {
			if (!bit_is_set(a, n + 1) && !bit_is_set(b, n + 1))
				continue;
			if (first == -2)
				first = n;
			merge(lives, first, n);
		}
	}
}

/* -- ways -- */

static void ways_add(GArray *ways, int way)
{
	guint at = 0;

	while (at < ways->len && g_array_index(ways, int, at) < way)
		at++;
	if (at == ways->len || g_array_index(ways, int, at) != way)
		g_array_insert_val(ways, at, way);
}

static void ways_of_set(const struct heap_clones *lives, const guint64 *set, GArray *ways)
{
	for (guint n = 0; n < lives->births->len; n++)
		if (bit_is_set(set, n + 1))
			ways_add(ways, merged_of(lives, n) + 1);
}

static void split_places(struct heap_clones *lives)
{
	g_autoptr(GHashTable) told = g_hash_table_new(NULL, NULL);
	GHashTableIter iter;
	void *data;

	g_hash_table_iter_init(&iter, lives->accesses);
	while (g_hash_table_iter_next(&iter, NULL, &data)) {
		const struct access *access = data;
		void *place = GINT_TO_POINTER(access->place);
		GArray *all = g_hash_table_lookup(lives->split, place);
		int rest = 0;

		if (!bits_are_any(access->set))
			g_hash_table_add(told, place);
		if (!all) {
			all = g_array_new(FALSE, FALSE, sizeof(int));
			g_array_append_val(all, rest);
			g_hash_table_insert(lives->split, place, all);
		}
		ways_of_set(lives, access->set, all);
	}
	g_hash_table_iter_init(&iter, lives->split);
	while (g_hash_table_iter_next(&iter, &data, NULL)) {
		const GArray *all = g_hash_table_lookup(lives->split, data);

		/* 0 and one way: there is nothing to tell it from */
		if (!g_hash_table_contains(told, data) || all->len < 3 || all->len > WAYS_MAX)
			g_hash_table_iter_remove(&iter);
	}
	g_hash_table_iter_init(&iter, lives->accesses);
	while (g_hash_table_iter_next(&iter, NULL, &data))
		ways_of_set(lives, ((struct access *)data)->set, ((struct access *)data)->ways);
}

/* -- words -- */

/* The function that is left in the object: of several, the first by its name. */
static const char *callback_of(const struct heap_clones *lives, int birth)
{
	const char *best = NULL;

	for (guint i = 0; i < lives->objects->places->len; i++) {
		const struct object_place *value = object_place(lives->objects, i);
		bool stored = false;

		if (*value->name != '&')
			continue;
		for (guint r = 0; r < value->out->len; r++) {
			int dst = object_row(lives->objects, value->out, r)->dst;

			stored |= object_place(lives->objects, dst)->kind != PLACE_OTHER;
		}
		for (int p = 0; stored && p < 16; p++) {
			int param = object_graph_param_of(lives->objects, value, p);
			const guint64 *set = param < 0 ? NULL : points_set(lives->points, param);

			if (set && !bits_are_any(set) && bit_is_set(set, birth + 1) &&
			    (!best || strcmp(value->name + 1, best) < 0))
				best = value->name + 1;
		}
	}
	return best;
}

static void find_words(struct heap_clones *lives, const struct graph *graph)
{
	g_ptr_array_add(lives->words, g_strdup("others"));
	for (guint i = 0; i < lives->births->len; i++) {
		const struct allocation_site *birth = &g_array_index(lives->births,
								     struct allocation_site, i);
		const struct function_info *function = graph_function(graph, birth->function);
		const char *callback = callback_of(lives, i);

		g_ptr_array_add(lives->words, g_strdup(callback ? callback :
						       function ? function->name : "?"));
	}
}

static void array_free(void *array)
{
	g_array_unref(array);
}

struct heap_clones *heap_clones_load(struct db *db, const struct graph *graph, GError **error)
{
	struct heap_clones *lives = g_new0(struct heap_clones, 1);

	lives->accesses = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, access_free);
	lives->split = g_hash_table_new_full(NULL, NULL, NULL, array_free);
	lives->words = g_ptr_array_new_with_free_func(g_free);
	lives->objects = object_graph_load(db, graph, error);
	lives->invokes = lives->objects ? call_graph_load(db, error) : NULL;
	if (!lives->invokes) {
		heap_clones_free(lives);
		return NULL;
	}
	lives->births = allocation_sites_of(lives->objects, graph);
	lives->points = points_new(lives->objects, graph, lives->invokes, lives->births);
	lives->merged = g_new0(int, lives->births->len + 1);
	find_accesses(lives);
	merge_copies(lives);
	split_places(lives);
	find_words(lives, graph);
	return lives;
}

void heap_clones_free(struct heap_clones *lives)
{
	g_clear_pointer(&lives->points, points_free);
	g_clear_pointer(&lives->births, g_array_unref);
	g_clear_pointer(&lives->invokes, call_graph_free);
	g_clear_pointer(&lives->objects, object_graph_free);
	g_hash_table_destroy(lives->accesses);
	g_hash_table_destroy(lives->split);
	g_ptr_array_unref(lives->words);
	g_free(lives->merged);
	g_free(lives);
}

const GArray *heap_clones_of(const struct heap_clones *lives, int place, int function, bool *known)
{
	const GArray *all = g_hash_table_lookup(lives->split, GINT_TO_POINTER(place));
	const struct access *access = all ? access_find(lives, place, function) : NULL;

	*known = access && !bits_are_any(access->set) && access->ways->len;
	return *known ? access->ways : all;
}

bool heap_clones_are_same(const struct heap_clones *lives, int place, int other, int function)
{
	const struct access *a = access_find(lives, place, function);
	const struct access *b = access_find(lives, other, function);

	return a && b && a->base >= 0 && a->base == b->base;
}

static bool birth_allows(const struct allocation_site *birth, const char *owner, int file, int line)
{
	const struct made *made = allocation_site_made_by(birth, owner);

	return !made || (made->file == file && made->line == line);
}

bool heap_clones_allow(const struct heap_clones *lives, int way, const char *owner, int file,
		       int line)
{
	for (guint i = 0; way > 0 && i < lives->births->len; i++)
		if (merged_of(lives, i) == way - 1 &&
		    birth_allows(&g_array_index(lives->births, struct allocation_site, i), owner,
				 file, line))
			return true;
	return way < 1;
}

GArray *heap_clones_calls(const struct heap_clones *lives, int way, const char *owner)
{
	GArray *calls = g_array_new(FALSE, FALSE, sizeof(struct call_site));
	const struct allocation_site *birth = &g_array_index(lives->births, struct allocation_site,
							     way - 1);
	bool inside = false;

	for (guint i = 0; i < lives->births->len; i++)
		if ((int)i != way - 1 && merged_of(lives, i) == way - 1)
			return calls;
	for (guint i = 0; i < birth->chain->len; i++) {
		const struct made *made = &g_array_index(birth->chain, struct made, i);
		struct call_site site = { made->owner, made->file, made->line };

		inside |= g_str_equal(made->owner, owner);
		if (inside)
			g_array_append_val(calls, site);
	}
	return calls;
}

const char *heap_clones_words(const struct heap_clones *lives, int way)
{
	return lives->words->pdata[way];
}
