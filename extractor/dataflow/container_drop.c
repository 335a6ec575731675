// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "dataflow/container_drop.h"
#include "dataflow/inline_copies.h"

static bool is_of_directory(const struct graph *graph, int a, int b)
{
	g_autofree char *first = g_path_get_dirname(graph_path(graph, a));
	g_autofree char *second = g_path_get_dirname(graph_path(graph, b));

	return g_str_equal(first, second);
}

static bool has_file(const GArray *files, int file)
{
	for (guint i = 0; i < files->len; i++)
		if (g_array_index(files, int, i) == file)
			return true;
	return false;
}

/* A file's share of a member of a container that the header declares, with pages in it. */
static bool is_filled_member(const struct node *node, const char *header)
{
	return node->kind == PLACE_FIELD && node->shared && node->fed && !node->context &&
	       g_str_equal(node->scope, header);
}

static bool any_of_directory(const struct graph *graph, const GArray *files, int file)
{
	for (guint i = 0; i < files->len; i++)
		if (is_of_directory(graph, g_array_index(files, int, i), file))
			return true;
	return false;
}

/* To the release and nowhere else: what else the other file does with the member is of others. */
static void member_join(struct graph *graph, int member, const GArray *files,
			const struct call_info *release)
{
	const struct node *node = graph_node(graph, member);

	if (!has_file(files, node->share) && any_of_directory(graph, files, node->share))
		graph_join(graph, release->node, member, false, release->file, release->line);
}

void container_drops_join(struct graph *graph)
{
	guint count = graph->nodes->len;

	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];
		const struct function_info *function = graph_function(graph, call->function);
		const GArray *files;

		if (call->role != ROLE_RELEASE || call->node < 0 || !function ||
		    graph_node(graph, call->node)->out->len ||
		    !graph_is_inline(graph, function->key))
			continue;
		files = inline_copies_files(graph->copies, function->id);
		for (guint n = 0; files && n < count; n++)
			if (is_filled_member(graph_node(graph, n),
					     strchr(function->key, '\t') + 1))
				member_join(graph, n, files, call);
	}
}
