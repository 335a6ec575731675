// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "link/by_number.h"
#include "link/open_end.h"
#include "model/path_class.h"

/**
 * struct open_places - where something of acquires was seen
 * @files, @dirs: path of a file or directory -> GHashTable, the set of struct call_info *
 */
struct open_places {
	GHashTable *files;
	GHashTable *dirs;
};

/**
 * struct open_ends - where acquires and their open ends are
 * @ends: open ends
 * @numbers: acquires of which a number or address may come back as a page
 */
struct open_ends {
	const struct graph *graph;
	const struct api_table *apis;
	const struct call_graph *invokes;
	struct open_places ends;
	struct open_places numbers;
};

/* A parameter of a function that has no body here, and does more than look at struct page. */
static bool is_out_of_sight(const struct open_ends *ends, const struct node *node)
{
	const struct graph *graph = ends->graph;
	g_autofree char *words = NULL;

	if (node->kind != PLACE_PARAM || node->resolved || graph_has_body(graph, node->owner) ||
	    graph_is_core(graph, node->owner))
		return false;
	words = graph_function_words(node);
	return !api_is_harmless(ends->apis, words);
}

/*
 * The pages are in a function of mm/ that their acquire's has handed them to. It gives them to
 * others of mm/, which see to references of their own.
 */
static bool is_within_core(const struct open_ends *ends, const struct page_source *feed,
			   const struct reached *step)
{
	const struct function_info *function =
		graph_function_at(ends->graph, step->file, step->line);

	return function && function->id != feed->call->function &&
	       path_is_mm(ends->graph->knowledge, graph_path(ends->graph, step->file));
}

/* The function has put the pages into an iterator of its caller's: they come out by that. */
static bool leaves_by_iterator(const struct open_ends *ends, const struct reached *step,
			       const struct node *node)
{
	const struct function_info *function =
		graph_function_at(ends->graph, step->file, step->line);

	return node->kind == PLACE_PARAM && step->forward && function &&
	       !strcmp(function->key, node->owner) && !graph_is_core(ends->graph, node->owner) &&
	       knowledge_of_type(ends->graph->knowledge, node->type) & KNOWN(ITER);
}

/* Takes key. */
static void places_put(GHashTable *table, char *key, const struct call_info *acquire)
{
	GHashTable *set = g_hash_table_lookup(table, key);

	if (!set) {
		set = g_hash_table_new(NULL, NULL);
		g_hash_table_insert(table, key, set);
	} else {
		g_free(key);
	}
	g_hash_table_add(set, (void *)acquire);
}

static void places_add(const struct graph *graph, struct open_places *places, int file,
		       const struct call_info *acquire)
{
	const char *path = graph_path(graph, file);

	places_put(places->files, g_strdup(path), acquire);
	places_put(places->dirs, g_path_get_dirname(path), acquire);
}

static GHashTable *sets_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
				     (GDestroyNotify)g_hash_table_unref);
}

/* Keys of the functions that the pages go through as parameters or results. */
static GHashTable *owners_of(const struct graph *graph, const struct page_source *feed)
{
	GHashTable *owners = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < feed->reach->steps->len; i++) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, i);
		const char *owner = graph_node(graph, step->node)->owner;

		if (owner)
			g_hash_table_add(owners, (char *)owner);
	}
	return owners;
}

/* The pages go on in the function around the call. */
static bool comes_to_caller(const struct graph *graph, GHashTable *owners,
			    const struct invoked *call)
{
	const struct function_info *caller = graph_function_at(graph, call->file, call->line);

	return caller && g_hash_table_contains(owners, caller->key);
}

/*
 * The function that has the parameter or result hands pages out: its callers must have them. An
 * inline function of a header has a copy in each file, for that file's pages.
 */
static bool look_at_callers(struct open_ends *ends, const struct page_source *feed,
			    GHashTable *owners, const struct node *node)
{
	const GArray *calls = NULL;
	bool open = false;

	if (((node->kind == PLACE_PARAM && node->array) || node->kind == PLACE_RETURN) &&
	    !graph_is_inline(ends->graph, node->owner))
		calls = call_graph_of(ends->invokes, node->owner);
	for (guint i = 0; calls && i < calls->len; i++) {
		const struct invoked *call = &g_array_index(calls, struct invoked, i);

		if (comes_to_caller(ends->graph, owners, call))
			continue;
		places_put(ends->ends.files, g_strdup(graph_path(ends->graph, call->file)),
			   feed->call);
		open = true;
	}
	return open;
}

/* Steps out of sight are open where they are; an acquire without any release is open itself. */
static void look_at_feed(struct open_ends *ends, const struct page_source *feed)
{
	g_autoptr(GHashTable) owners = owners_of(ends->graph, feed);
	bool released = false, open = false;

	for (guint i = 0; i < feed->reach->steps->len; i++) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, i);
		const struct node *node = graph_node(ends->graph, step->node);

		released |= node->released;
		open |= look_at_callers(ends, feed, owners, node);
		if ((!is_out_of_sight(ends, node) || is_within_core(ends, feed, step)) &&
		    !leaves_by_iterator(ends, step, node))
			continue;
		places_add(ends->graph, &ends->ends, reach_user(ends->graph, feed->reach, i),
			   feed->call);
		open = true;
	}
	if (!released)
		places_add(ends->graph, &ends->ends, feed->call->file, feed->call);
	if (open || !released || by_number_goes(ends->graph, feed))
		places_add(ends->graph, &ends->numbers, feed->call->file, feed->call);
}

struct open_ends *open_ends_new(const struct graph *graph, const struct api_table *apis,
				const GPtrArray *feeds, const struct call_graph *invokes)
{
	struct open_ends *ends = g_new0(struct open_ends, 1);

	ends->graph = graph;
	ends->apis = apis;
	ends->invokes = invokes;
	ends->ends = (struct open_places){ sets_new(), sets_new() };
	ends->numbers = (struct open_places){ sets_new(), sets_new() };
	for (guint i = 0; i < feeds->len; i++) {
		const struct page_source *feed = feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE)
			look_at_feed(ends, feed);
	}
	return ends;
}

void open_ends_free(struct open_ends *ends)
{
	g_hash_table_destroy(ends->ends.files);
	g_hash_table_destroy(ends->ends.dirs);
	g_hash_table_destroy(ends->numbers.files);
	g_hash_table_destroy(ends->numbers.dirs);
	g_free(ends);
}

static gint by_id(gconstpointer a, gconstpointer b)
{
	const struct call_info *const *left = a, *const *right = b;

	return (*left)->id - (*right)->id;
}

static void collect(GHashTable *from, GPtrArray *into)
{
	GHashTableIter iter;
	void *acquire;

	if (!from)
		return;
	g_hash_table_iter_init(&iter, from);
	while (g_hash_table_iter_next(&iter, &acquire, NULL))
		if (!g_ptr_array_find(into, acquire, NULL))
			g_ptr_array_add(into, acquire);
}

GPtrArray *open_ends_near(const struct open_ends *ends, const struct call_info *release,
			  bool by_number)
{
	const struct open_places *places = by_number ? &ends->numbers : &ends->ends;
	const char *path = graph_path(ends->graph, release->file);
	g_autofree char *dir = g_path_get_dirname(path);
	GPtrArray *near = g_ptr_array_new();

	collect(g_hash_table_lookup(places->files, path), near);
	/* mm/ is one directory of many subsystems, and include/linux/ of all */
	if (!path_is_mm(ends->graph->knowledge, path) &&
	    !path_is_public(ends->graph->knowledge, path))
		collect(g_hash_table_lookup(places->dirs, dir), near);
	g_ptr_array_sort(near, by_id);
	return near;
}
