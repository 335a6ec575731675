// SPDX-License-Identifier: GPL-2.0-only
#include "base/same_folder.h"
#include "dataflow/caller_member.h"
#include "dataflow/reachability.h"

/* An array that a file gives to a function of another directory. */
struct passed {
	int param, from;
	int file, line;
};

/* Files of the public functions: key -> id. */
static GHashTable *files_of_functions(const struct graph *graph)
{
	GHashTable *files = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < graph->functions->len; i++) {
		const struct function_info *function = graph->functions->pdata[i];

		if (!function->is_static && !graph_is_core(graph, function->key))
			g_hash_table_insert(files, function->key, GINT_TO_POINTER(function->file));
	}
	return files;
}

static void collect_edges(const struct graph *graph, GHashTable *files, int from, GArray *found)
{
	const GArray *out = graph_node(graph, from)->out;

	for (guint e = 0; e < out->len; e++) {
		const struct edge *edge = &g_array_index(out, struct edge, e);
		const struct node *param = graph_node(graph, edge->to);
		struct passed passed = { edge->to, from, edge->file, edge->line };
		int file;

		if (edge->kind != EDGE_ENTER || edge->turn == TURN_BACK ||
		    param->kind != PLACE_PARAM || !param->array)
			continue;
		file = GPOINTER_TO_INT(g_hash_table_lookup(files, param->owner));
		if (file && !same_directory(graph_path(graph, file), graph_path(graph, edge->file)))
			g_array_append_val(found, passed);
	}
}

/* By directory; of arrays alone. */
static bool is_split_member(const struct node *node)
{
	return node->kind == PLACE_FIELD && node->share < 0 && node->array && !node->context;
}

static bool is_read(const struct node *node)
{
	return node->out->len || node->released;
}

static void join_members(struct graph *graph, const struct passed *passed)
{
	struct reach *reach = reach_from_content(graph, passed->param);

	for (guint i = 0; i < reach->steps->len; i++) {
		int at = g_array_index(reach->steps, struct reached, i).node, own;

		if (reach->first[at] != (int)i || !is_split_member(graph_node(graph, at)))
			continue;
		own = graph_node_in(graph, graph_node(graph, at)->place, passed->file);
		if (own >= 0 && own != at && is_read(graph_node(graph, own)))
			graph_join(graph, own, passed->from, false, passed->file, passed->line);
	}
	reach_free(reach);
}

void members_join_callers(struct graph *graph)
{
	g_autoptr(GHashTable) files = files_of_functions(graph);
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct passed));

	for (guint i = 0; i < graph->nodes->len; i++)
		collect_edges(graph, files, i, found);
	for (guint i = 0; i < found->len; i++)
		join_members(graph, &g_array_index(found, struct passed, i));
}
