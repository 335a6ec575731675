// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "feed.h"
#include "search.h"
#include "wanted.h"

#define WANTED_MAX 400	/* files; a tree where more are wanted is not understood this way */

/**
 * struct name - an identifier whose users are wanted
 * @needs_release: only those that release pages
 * @below: directory that they are in, "" for any
 */
struct name {
	char *text;
	bool needs_release;
	char *below;
};

struct wanting {
	GHashTable *known;
	GPtrArray *names;
	GHashTable *seen;
	struct search *any;
	struct search *release;
	GPtrArray *single;	/* struct search * for each of names, made when first asked */
	GPtrArray *found;
};

static void name_free(void *data)
{
	struct name *name = data;

	g_free(name->text);
	g_free(name->below);
	g_free(name);
}

static void search_free_any(void *search)
{
	if (search)
		search_free(search);
}

static void name_add(struct wanting *w, const char *text, size_t length, bool needs_release,
		     const char *below)
{
	g_autofree char *key = g_strdup_printf("%.*s\t%d\t%s", (int)length, text, needs_release, below);
	struct name *name;

	if (length < 4 || !g_hash_table_add(w->seen, g_steal_pointer(&key)))
		return;
	name = g_new0(struct name, 1);
	name->text = g_strndup(text, length);
	name->needs_release = needs_release;
	name->below = g_strdup(below);
	g_ptr_array_add(w->names, name);
}

static bool is_public(const struct node *node)
{
	return node->owner && !node->owner[strcspn(node->owner, "\t") + 1];
}

static bool is_core(const struct graph *graph, const struct node *node)
{
	const char *path = g_hash_table_lookup(graph->bodies, node->owner);

	return path && (g_str_has_prefix(path, "mm/") || g_str_has_prefix(path, "lib/") ||
			g_str_has_prefix(path, "include/linux/"));
}

static void want_function(const struct graph *graph, struct wanting *w, const struct reached *step)
{
	const struct node *node = graph_node(graph, step->node);
	size_t length = strcspn(node->name, "(");

	if (!is_public(node))
		return;
	if (!graph_has_body(graph, node->owner))
		name_add(w, node->name, length, true, "");
	else if (!is_core(graph, node) && (node->kind == PLACE_RETURN || step->origin))
		name_add(w, node->name, length, false, "");
}

static void want_field(struct wanting *w, const struct node *node, const char *path)
{
	g_autofree char *dir = g_path_get_dirname(path);
	const char *member = strchr(node->name, '.');

	if (member && !node->shared && strcmp(dir, "."))
		name_add(w, member + 1, strlen(member + 1), true, dir);
}

static void want_of_acquire(const struct graph *graph, struct wanting *w, const struct feed *feed)
{
	for (guint i = 0; i < feed->reach->steps->len; i++) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, i);
		const struct node *node = graph_node(graph, step->node);

		if (node->kind == PLACE_PARAM || node->kind == PLACE_RETURN)
			want_function(graph, w, step);
		else if (node->kind == PLACE_FIELD)
			want_field(w, node, graph_path(graph, feed->call->file));
	}
}

/* Who else gives pages to a public function that releases them. */
static void want_of_public(const struct graph *graph, struct wanting *w, const struct feed *feed)
{
	int start = g_array_index(feed->reach->steps, struct reached, 0).node;
	const struct node *node = graph_node(graph, start);

	if (is_core(graph, node))
		return;
	for (guint i = 0; i < feed->reach->steps->len; i++) {
		int at = g_array_index(feed->reach->steps, struct reached, i).node;

		if (graph_node(graph, at)->released) {
			name_add(w, node->name, strcspn(node->name, "("), false, "");
			return;
		}
	}
}

static bool has_name(struct wanting *w, guint index, const char *text, size_t size)
{
	const struct name *name = w->names->pdata[index];
	const char *const one[] = { name->text };

	if (!w->single->pdata[index])
		w->single->pdata[index] = search_new(one, 1);
	return search_hit(w->single->pdata[index], text, size);
}

static bool is_below(const char *path, const char *dir)
{
	size_t length = strlen(dir);

	return !length || (!strncmp(path, dir, length) && path[length] == '/');
}

static void look_at(const char *path, const char *text, size_t size, void *data)
{
	struct wanting *w = data;
	bool releases;

	if (!text || !g_str_has_suffix(path, ".c") || w->found->len >= WANTED_MAX ||
	    g_hash_table_contains(w->known, path) || !search_hit(w->any, text, size))
		return;
	releases = search_hit(w->release, text, size);
	for (guint i = 0; i < w->names->len; i++) {
		const struct name *name = w->names->pdata[i];

		if ((releases || !name->needs_release) && is_below(path, name->below) &&
		    has_name(w, i, text, size)) {
			g_ptr_array_add(w->found, g_strdup(path));
			return;
		}
	}
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static struct search *search_of_names(const struct wanting *w)
{
	g_autoptr(GPtrArray) texts = g_ptr_array_new();

	for (guint i = 0; i < w->names->len; i++)
		g_ptr_array_add(texts, ((struct name *)w->names->pdata[i])->text);
	return search_new((const char *const *)texts->pdata, texts->len);
}

static struct search *search_of_releases(struct db *db, GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	sqlite3_stmt *stmt = db_query(db, "wanted_releases");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure))
		g_ptr_array_add(names, g_strdup(db_text(stmt, 0)));
	if (!failure)
		return search_new((const char *const *)names->pdata, names->len);
	g_propagate_error(error, failure);
	return NULL;
}

static bool names_collect(struct db *db, struct wanting *w, GError **error)
{
	struct graph *graph = graph_load(db, error);
	GPtrArray *feeds = graph ? feeds_of(graph, db, error) : NULL;

	for (guint i = 0; feeds && i < feeds->len; i++) {
		const struct feed *feed = feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE)
			want_of_acquire(graph, w, feed);
		else if (feed->kind == FEED_PUBLIC)
			want_of_public(graph, w, feed);
	}
	if (feeds)
		g_ptr_array_unref(feeds);
	if (graph)
		graph_free(graph);
	return feeds;
}

GPtrArray *wanted_files(struct db *db, const struct tree *tree, GHashTable *known, GError **error)
{
	struct wanting w = {
		.known = known, .names = g_ptr_array_new_with_free_func(name_free),
		.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.single = g_ptr_array_new_with_free_func(search_free_any),
		.found = g_ptr_array_new_with_free_func(g_free),
	};
	bool fine = names_collect(db, &w, error);

	w.release = fine ? search_of_releases(db, error) : NULL;
	fine = w.release != NULL;
	if (fine && w.names->len) {
		w.any = search_of_names(&w);
		g_ptr_array_set_size(w.single, w.names->len);
		fine = tree_walk(tree, look_at, &w, error);
		search_free(w.any);
	}
	search_free_any(w.release);
	g_ptr_array_unref(w.names);
	g_ptr_array_unref(w.single);
	g_hash_table_destroy(w.seen);
	g_ptr_array_sort(w.found, by_text);
	if (fine)
		return w.found;
	g_ptr_array_unref(w.found);
	return NULL;
}
