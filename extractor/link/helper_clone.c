// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "link/helper_clone.h"

/**
 * struct form_call - a call of the helper
 * @user: it hands on pages of acquires
 */
struct form_call {
	struct invoked at;
	bool user;
};

/**
 * struct form - a release in a helper that can have a second form
 * @calls: of struct form_call
 */
struct form {
	const struct call_info *release;
	const struct function_info *helper;
	GArray *calls;
};

/**
 * struct split - one release under question
 * @feeds: of struct page_source *: what comes to it
 * @seen: of those, which come by one of the calls
 * @params: node -> true: the helper's parameters that lead to it
 */
struct split {
	const struct graph *graph;
	const struct call_info *release;
	const struct function_info *helper;
	GPtrArray *feeds;
	GHashTable *seen;
	GHashTable *params;
};

static void form_free(gpointer data)
{
	struct form *form = data;

	g_array_unref(form->calls);
	g_free(form);
}

/* Does the parameter lead to the release by the helper's own variables? */
static bool leads_to(const struct split *split, int node, GHashTable *visited)
{
	const struct node *at = graph_node(split->graph, node);

	if (node == split->release->node)
		return true;
	if (g_strcmp0(at->owner, split->helper->key) != 0 ||
	    !g_hash_table_add(visited, GINT_TO_POINTER(node)))
		return false;
	for (guint i = 0; at->out && i < at->out->len; i++) {
		const struct edge *edge = &g_array_index(at->out, struct edge, i);

		if (edge->kind == EDGE_WITHIN && leads_to(split, edge->to, visited))
			return true;
	}
	return false;
}

static void split_params(struct split *split)
{
	for (guint i = 0; i < split->graph->nodes->len; i++) {
		const struct node *node = graph_node(split->graph, i);
		g_autoptr(GHashTable) visited = g_hash_table_new(NULL, NULL);

		if (node->kind == PLACE_PARAM && !g_strcmp0(node->owner, split->helper->key) &&
		    leads_to(split, i, visited))
			g_hash_table_add(split->params, GINT_TO_POINTER(i));
	}
}

static void split_feeds(struct split *split, const GPtrArray *feeds)
{
	for (guint i = 0; i < feeds->len; i++) {
		struct page_source *feed = feeds->pdata[i];

		if (reach_has(feed->reach, split->release->node) &&
		    page_source_concerns(feed, split->release) && feed->kind != FEED_PUBLIC)
			g_ptr_array_add(split->feeds, feed);
	}
}

/* Kinds of pages at the node: of acquires, of other sources. */
static void node_kinds(struct split *split, int node, bool *user, bool *other)
{
	for (guint i = 0; i < split->feeds->len; i++) {
		struct page_source *feed = split->feeds->pdata[i];

		if (!reach_has(feed->reach, node))
			continue;
		g_hash_table_add(split->seen, feed);
		if (feed->kind == FEED_ACQUIRE)
			*user = true;
		else
			*other = true;
	}
}

/* The kind of what one call hands on; false when that is both, or nothing that is known. */
static bool call_kind(struct split *split, struct form_call *call)
{
	bool user = false, other = false;

	for (guint i = 0; i < split->graph->nodes->len; i++) {
		const struct node *node = graph_node(split->graph, i);

		for (guint k = 0; node->out && k < node->out->len; k++) {
			const struct edge *edge = &g_array_index(node->out, struct edge, k);

			if (edge->kind == EDGE_ENTER && edge->file == call->at.file &&
			    edge->line == call->at.line &&
			    g_hash_table_contains(split->params, GINT_TO_POINTER(edge->to)))
				node_kinds(split, i, &user, &other);
		}
	}
	call->user = user;
	return user != other;
}

static bool is_own_call(const struct split *split, const struct invoked *at)
{
	return at->file == split->helper->file && at->line >= split->helper->line &&
	       at->line <= split->helper->end_line;
}

/* The calls with their kinds, or NULL: some are of both kinds, or not understood. */
static GArray *split_calls(struct split *split, const GArray *calls)
{
	GArray *kinds = g_array_new(FALSE, FALSE, sizeof(struct form_call));
	guint users = 0;
	bool fine = true;

	for (guint i = 0; fine && i < calls->len; i++) {
		struct form_call call = { g_array_index(calls, struct invoked, i), false };

		fine = call.at.file == split->helper->file && !is_own_call(split, &call.at) &&
		       call_kind(split, &call);
		users += call.user;
		g_array_append_val(kinds, call);
	}
	if (fine && users && users < calls->len &&
	    g_hash_table_size(split->seen) == split->feeds->len)
		return kinds;
	g_array_unref(kinds);
	return NULL;
}

/* An iterator's pages are of both kinds themselves. */
static bool acquires_are_sure(const struct split *split)
{
	for (guint i = 0; i < split->feeds->len; i++) {
		const struct page_source *feed = split->feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE && feed->call->family == FAMILY_ITER &&
		    feed->iterator.kind != ITERATOR_USER)
			return false;
	}
	return true;
}

static struct form *form_of(const struct graph *graph, const GPtrArray *feeds,
			    const struct call_graph *invokes, const struct call_info *release)
{
	const struct function_info *helper = graph_function(graph, release->function);
	struct split split = { .graph = graph, .release = release, .helper = helper };
	const GArray *calls = helper ? call_graph_of(invokes, helper->key) : NULL;
	struct form *form = NULL;
	GArray *kinds = NULL;

	if (!calls || !helper->is_static || graph_is_inline(graph, helper->key) ||
	    helper->taken || *release->macro)
		return NULL;
	split.feeds = g_ptr_array_new();
	split.seen = g_hash_table_new(NULL, NULL);
	split.params = g_hash_table_new(NULL, NULL);
	split_feeds(&split, feeds);
	split_params(&split);
	if (g_hash_table_size(split.params) && acquires_are_sure(&split))
		kinds = split_calls(&split, calls);
	if (kinds) {
		form = g_new0(struct form, 1);
		*form = (struct form){ release, helper, kinds };
	}
	g_ptr_array_unref(split.feeds);
	g_hash_table_destroy(split.seen);
	g_hash_table_destroy(split.params);
	return form;
}

static void pairs_link(GPtrArray *pairs, const struct form *form)
{
	for (guint i = 0; i < pairs->len; i++) {
		struct pair *pair = pairs->pdata[i];

		if (pair->release != form->release || pair->kind != LINK_MIXED)
			continue;
		pair->reason = reason_new(REASON_SECOND_FORM, "rs", pair->reason,
					  form->helper->name);
		pair->kind = LINK_LINK;
	}
}

GPtrArray *helper_clones_of(const struct graph *graph, const GPtrArray *feeds,
			    const struct call_graph *invokes, GPtrArray *pairs)
{
	GPtrArray *forms = g_ptr_array_new_with_free_func(form_free);

	for (guint i = 0; i < pairs->len; i++) {
		const struct pair *pair = pairs->pdata[i];
		struct form *form = pair->kind == LINK_MIXED && pair->acquire
					? form_of(graph, feeds, invokes, pair->release) : NULL;

		if (!form)
			continue;
		g_ptr_array_add(forms, form);
		pairs_link(pairs, form);
	}
	return forms;
}

bool helper_clones_write(struct db *db, const GPtrArray *forms, GError **error)
{
	for (guint i = 0; i < forms->len; i++) {
		const struct form *form = forms->pdata[i];

		for (guint k = 0; k < form->calls->len; k++) {
			const struct form_call *call = &g_array_index(form->calls, struct form_call,
								      k);
			sqlite3_stmt *stmt = db_query(db, "link_form_add");

			db_bind_int(stmt, 1, form->release->id);
			db_bind_int(stmt, 2, call->at.file);
			db_bind_int(stmt, 3, call->at.line);
			db_bind_int(stmt, 4, call->user);
			if (!db_run(db, stmt, error))
				return false;
		}
	}
	return true;
}
