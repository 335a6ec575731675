// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "link/open_end.h"
#include "model/path_class.h"

/**
 * struct open_ends - where acquires and their open ends are
 * @files, @dirs: paths of files and directories with an open end
 * @acquire_files, @acquire_dirs: the same of acquires
 */
struct open_ends {
	const struct graph *graph;
	const struct call_graph *invokes;
	GHashTable *files;
	GHashTable *dirs;
	GHashTable *acquire_files;
	GHashTable *acquire_dirs;
};

/* A parameter of a function that has no body here, and is none of the API. */
static bool is_out_of_sight(const struct graph *graph, const struct node *node)
{
	return node->kind == PLACE_PARAM && !node->resolved &&
	       !graph_has_body(graph, node->owner) && !graph_is_core(graph, node->owner);
}

static void add_near(const struct graph *graph, GHashTable *files, GHashTable *dirs, int file)
{
	const char *path = graph_path(graph, file);

	g_hash_table_add(files, g_strdup(path));
	g_hash_table_add(dirs, g_path_get_dirname(path));
}

/* The pages go on in the function around the call. */
static bool comes_to_caller(const struct graph *graph, const struct page_source *feed,
			    const struct invoked *call)
{
	const struct function_info *caller = graph_function_at(graph, call->file, call->line);

	for (guint i = 0; caller && i < feed->reach->steps->len; i++) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, i);

		if (g_strcmp0(graph_node(graph, step->node)->owner, caller->key) == 0)
			return true;
	}
	return false;
}

/* The function that has the parameter or result hands pages out: its callers must have them. */
static void look_at_callers(struct open_ends *ends, const struct page_source *feed,
			    const struct node *node)
{
	const GArray *calls = NULL;

	if ((node->kind == PLACE_PARAM && node->array) || node->kind == PLACE_RETURN)
		calls = call_graph_of(ends->invokes, node->owner);
	for (guint i = 0; calls && i < calls->len; i++) {
		const struct invoked *call = &g_array_index(calls, struct invoked, i);

		if (!comes_to_caller(ends->graph, feed, call))
			g_hash_table_add(ends->files,
					 g_strdup(graph_path(ends->graph, call->file)));
	}
}

/* Steps out of sight are open where they are; an acquire without any release is open itself. */
static void look_at_feed(struct open_ends *ends, const struct page_source *feed)
{
	bool released = false;

	add_near(ends->graph, ends->acquire_files, ends->acquire_dirs, feed->call->file);
	for (guint i = 0; i < feed->reach->steps->len; i++) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, i);
		const struct node *node = graph_node(ends->graph, step->node);

		released |= node->released;
		if (is_out_of_sight(ends->graph, node))
			add_near(ends->graph, ends->files, ends->dirs, step->file);
		look_at_callers(ends, feed, node);
	}
	if (!released)
		add_near(ends->graph, ends->files, ends->dirs, feed->call->file);
}

struct open_ends *open_ends_new(const struct graph *graph, const GPtrArray *feeds,
				const struct call_graph *invokes)
{
	struct open_ends *ends = g_new0(struct open_ends, 1);

	ends->graph = graph;
	ends->invokes = invokes;
	ends->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	ends->dirs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	ends->acquire_files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	ends->acquire_dirs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < feeds->len; i++) {
		const struct page_source *feed = feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE)
			look_at_feed(ends, feed);
	}
	return ends;
}

void open_ends_free(struct open_ends *ends)
{
	g_hash_table_destroy(ends->files);
	g_hash_table_destroy(ends->dirs);
	g_hash_table_destroy(ends->acquire_files);
	g_hash_table_destroy(ends->acquire_dirs);
	g_free(ends);
}

static bool is_near(const struct open_ends *ends, GHashTable *files, GHashTable *dirs,
		    const struct call_info *release)
{
	const char *path = graph_path(ends->graph, release->file);
	g_autofree char *dir = g_path_get_dirname(path);

	if (g_hash_table_contains(files, path))
		return true;
	/* mm/ is one directory of many subsystems, and include/linux/ of all */
	return !path_is_mm(ends->graph->knowledge, path) &&
	       !path_is_public(ends->graph->knowledge, path) && g_hash_table_contains(dirs, dir);
}

bool open_ends_near(const struct open_ends *ends, const struct call_info *release)
{
	return is_near(ends, ends->files, ends->dirs, release);
}

bool open_ends_acquire_near(const struct open_ends *ends, const struct call_info *release)
{
	return is_near(ends, ends->acquire_files, ends->acquire_dirs, release);
}
