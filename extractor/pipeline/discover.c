// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/file_kind.h"
#include "link/page_source.h"
#include "model/path_class.h"
#include "pipeline/discover.h"
#include "ctext/identifier_set.h"

/*
 * A name that more files use than this is a service of the kernel (bio_put,
 * skb_fill_page_desc): its users say nothing of one driver's pages.
 */
#define USERS_MAX 12
#define USERS_EVERYWHERE_MAX 40

/**
 * struct name - an identifier whose users are wanted
 * @is_field: of a struct, else of a function
 * @is_call: a member that holds functions: only those that call it
 * @needs_release: only those that release pages
 * @below: directory that they are in, "" for any
 * @found: number of the last file that has it
 * @users: of char *, files that the tree has of them
 * @everywhere: files that use the name at all, wanted or not
 */
struct name {
	char *text;
	bool is_field;
	bool is_call;
	bool needs_release;
	char *below;
	guint found;
	GPtrArray *users;
	guint everywhere;
};

/**
 * struct wanting - a search of the tree under way
 * @knowledge: of the kernel
 * @words: all names' and, with value NULL, all releases'
 * @file: number of the file that is looked at
 * @hits: of struct name: those that it has
 * @releases: it names a release
 */
struct wanting {
	const struct knowledge *knowledge;
	GHashTable *known;
	GPtrArray *names;
	GHashTable *seen;
	struct identifier_set *words;
	guint file;
	GPtrArray *hits;
	bool releases;
};

static void name_free(void *data)
{
	struct name *name = data;

	g_free(name->text);
	g_free(name->below);
	g_ptr_array_unref(name->users);
	g_free(name);
}

static struct name *name_add(struct wanting *w, const char *text, size_t length,
			     bool needs_release, const char *below)
{
	g_autofree char *key = g_strdup_printf("%.*s\t%d\t%s", (int)length, text, needs_release, below);
	struct name *name;

	if (length < 3 || !g_hash_table_add(w->seen, g_steal_pointer(&key)))
		return NULL;
	name = g_new0(struct name, 1);
	name->text = g_strndup(text, length);
	name->needs_release = needs_release;
	name->below = g_strdup(below);
	name->users = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(w->names, name);
	return name;
}

static bool is_public(const struct node *node)
{
	return node->owner && !node->owner[strcspn(node->owner, "\t") + 1];
}

/* "drivers/gpu" of "drivers/gpu/drm/x.c": a driver's helpers are near it. */
static char *neighbourhood(const char *path)
{
	const char *slash = strchr(path, '/');

	slash = slash ? strchr(slash + 1, '/') : NULL;
	return slash ? g_strndup(path, slash - path) : g_path_get_dirname(path);
}

static void want_function(const struct graph *graph, struct wanting *w, const struct reached *step,
			  const char *path)
{
	const struct node *node = graph_node(graph, step->node);
	size_t length = strcspn(node->name, "(");

	if (!is_public(node))
		return;
	if (!graph_has_body(graph, node->owner)) {
		g_autofree char *near = neighbourhood(path);

		name_add(w, node->name, length, true, near);
		return;
	}
	if (!graph_is_core(graph, node->owner) && (node->kind == PLACE_RETURN || step->origin))
		name_add(w, node->name, length, false, "");
}

static void want_field(struct wanting *w, const struct node *node, const char *path)
{
	g_autofree char *dir = g_path_get_dirname(path);
	const char *member = strchr(node->name, '.');
	struct name *name = NULL;

	if (member && !node->shared && strcmp(dir, "."))
		name = name_add(w, member + 1, strlen(member + 1), true, dir);
	if (name)
		name->is_field = true;
}

static void want_of_acquire(const struct graph *graph, struct wanting *w, const struct feed *feed)
{
	for (guint i = 0; i < feed->reach->steps->len; i++) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, i);
		const struct node *node = graph_node(graph, step->node);
		const char *path = graph_path(graph, feed->call->file);

		if (node->kind == PLACE_PARAM || node->kind == PLACE_RETURN)
			want_function(graph, w, step, path);
		else if (node->kind == PLACE_FIELD)
			want_field(w, node, path);
	}
}

/*
 * ops.put_pages = put_pages, which releases what it is given: whoever calls that has
 * pages for it, though it may name no function that takes or releases any.
 */
static void want_of_pointer(const struct graph *graph, struct wanting *w, const struct feed *feed)
{
	int start = g_array_index(feed->reach->steps, struct reached, 0).node;
	const struct node *param = graph_node(graph, start);
	size_t length = strcspn(param->name, "(");

	for (guint i = 0; i < graph->pointers->len; i++) {
		const struct side_flow *flow = &g_array_index(graph->pointers, struct side_flow, i);
		const struct node *function = graph_node(graph, flow->src);
		const struct node *holder = graph_node(graph, flow->dst);
		const char *member = strchr(holder->name, '.');
		g_autofree char *dir = g_path_get_dirname(graph_path(graph, flow->file));
		struct name *name;

		if (holder->kind != PLACE_FIELD || !member || *function->name != '&' ||
		    strlen(function->name + 1) != length ||
		    strncmp(function->name + 1, param->name, length) ||
		    strcmp(function->scope, param->scope))
			continue;
		name = name_add(w, member + 1, strlen(member + 1), false, dir);
		if (name)
			name->is_field = name->is_call = true;
	}
}

static bool is_acquired(const GPtrArray *feeds, int node)
{
	for (guint i = 0; i < feeds->len; i++) {
		const struct feed *feed = feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE && reach_has(feed->reach, node))
			return true;
	}
	return false;
}

static bool releases(const struct graph *graph, const struct feed *feed)
{
	for (guint i = 0; i < feed->reach->steps->len; i++)
		if (graph_node(graph, g_array_index(feed->reach->steps, struct reached, i).node)->released)
			return true;
	return false;
}

/* Who else gives pages to a public function that releases acquired ones. */
static void want_of_public(const struct graph *graph, struct wanting *w, const GPtrArray *feeds,
			   const struct feed *feed)
{
	int start = g_array_index(feed->reach->steps, struct reached, 0).node;
	const struct node *node = graph_node(graph, start);

	if (graph_is_core(graph, node->owner))
		return;
	for (guint i = 0; i < feed->reach->steps->len; i++) {
		int at = g_array_index(feed->reach->steps, struct reached, i).node;

		if (graph_node(graph, at)->released && is_acquired(feeds, at)) {
			name_add(w, node->name, strcspn(node->name, "("), false, "");
			return;
		}
	}
}

static bool is_below(const char *path, const char *dir)
{
	size_t length = strlen(dir);

	return !length || (!strncmp(path, dir, length) && path[length] == '/');
}

/* ops->put(...), ops.put(...) */
static bool is_called(const char *member, const char *text, size_t size)
{
	g_autofree char *call = g_strdup_printf("%s(", member);
	const char *at = text, *end = text + size;

	while ((at = g_strstr_len(at, end - at, call))) {
		if ((at > text && at[-1] == '.') || (at > text + 1 && at[-1] == '>' && at[-2] == '-'))
			return true;
		at++;
	}
	return false;
}

static void note_word(void *value, void *data)
{
	struct wanting *w = data;
	struct name *name = value;

	if (!name) {
		w->releases = true;
	} else if (name->found != w->file) {
		name->found = w->file;
		g_ptr_array_add(w->hits, name);
	}
}

static void look_at(const char *path, const char *text, size_t size, void *data)
{
	struct wanting *w = data;

	if (!text || path_is_public(w->knowledge, path) || g_hash_table_contains(w->known, path))
		return;
	w->file++;
	w->releases = false;
	g_ptr_array_set_size(w->hits, 0);
	identifier_set_find(w->words, text, size, note_word, w);
	if (!w->releases && file_is_header(path))
		return;		/* prototypes */
	for (guint i = 0; i < w->hits->len; i++) {
		struct name *name = w->hits->pdata[i];

		if (name->is_call && !is_called(name->text, text, size))
			continue;
		name->everywhere++;
		if ((w->releases || !name->needs_release) && is_below(path, name->below) &&
		    name->users->len <= USERS_MAX)
			g_ptr_array_add(name->users, g_strdup(path));
	}
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A field's name is anybody's; it is looked for in one directory alone. */
static bool is_service(const struct name *name)
{
	return name->users->len > USERS_MAX ||
	       (!name->is_field && name->everywhere > USERS_EVERYWHERE_MAX);
}

/* The users of the names that are few enough, each once, sorted. */
static GPtrArray *users_collect(const struct wanting *w)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < w->names->len; i++) {
		const struct name *name = w->names->pdata[i];

		for (guint u = 0; !is_service(name) && u < name->users->len; u++)
			if (g_hash_table_add(seen, name->users->pdata[u]))
				g_ptr_array_add(found, g_strdup(name->users->pdata[u]));
	}
	g_ptr_array_sort(found, by_text);
	return found;
}

static bool words_collect(struct db *db, struct wanting *w, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "wanted_releases");
	GError *failure = NULL;

	for (guint i = 0; i < w->names->len; i++) {
		struct name *name = w->names->pdata[i];

		identifier_set_add(w->words, name->text, name);
	}
	while (db_step(db, stmt, &failure))
		identifier_set_add(w->words, db_text(stmt, 0), NULL);
	if (!failure)
		return true;
	g_propagate_error(error, failure);
	return false;
}

static bool names_collect(struct db *db, const struct api_table *apis, struct wanting *w,
			  GError **error)
{
	struct graph *graph = graph_load(db, error);
	GPtrArray *feeds = graph ? feeds_of(graph, apis, false) : NULL;

	for (guint i = 0; feeds && i < feeds->len; i++) {
		const struct feed *feed = feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE)
			want_of_acquire(graph, w, feed);
		else if (feed->kind == FEED_PUBLIC)
			want_of_public(graph, w, feeds, feed);
		else if (feed->kind == FEED_POINTER && releases(graph, feed))
			want_of_pointer(graph, w, feed);
	}
	if (feeds)
		g_ptr_array_unref(feeds);
	if (graph)
		graph_free(graph);
	return feeds;
}

GPtrArray *wanted_files(struct db *db, const struct tree *tree, GHashTable *known, GError **error)
{
	struct api_table *apis = api_table_load(db, error);
	struct wanting w = {
		.knowledge = apis ? apis->knowledge : NULL,
		.known = known, .names = g_ptr_array_new_with_free_func(name_free),
		.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	};
	GPtrArray *found = NULL;

	w.words = identifier_set_new();
	w.hits = g_ptr_array_new();
	if (apis && names_collect(db, apis, &w, error) && words_collect(db, &w, error) &&
	    (!w.names->len || tree_walk(tree, NULL, look_at, &w, error)))
		found = users_collect(&w);
	identifier_set_free(w.words);
	g_ptr_array_unref(w.hits);
	g_ptr_array_unref(w.names);
	g_hash_table_destroy(w.seen);
	api_table_free(apis);
	return found;
}
