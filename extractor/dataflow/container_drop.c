// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/same_folder.h"
#include "dataflow/container_drop.h"
#include "dataflow/inline_copies.h"
#include "dataflow/reachability.h"

static bool has_file(const GArray *files, int file)
{
	for (guint i = 0; i < files->len; i++)
		if (g_array_index(files, int, i) == file)
			return true;
	return false;
}

/**
 * struct container_drop - a release in an inline function of a header
 * @header: that has the function
 * @files: that have a copy of it
 * @dropped: ids of places: the members that pages come to the release from
 */
struct container_drop {
	const struct graph *graph;
	const struct call_info *release;
	const char *header;
	const GArray *files;
	GHashTable *dropped;
};

/* A file's share of a member of a container, with pages in it. */
static bool is_filled_member(const struct node *node)
{
	return node->kind == PLACE_FIELD && node->shared && node->fed && !node->context;
}

/* A file that has a copy takes pages out of its share of this member. */
static void note_dropped(const struct container_drop *drop, int member)
{
	const struct node *node = graph_node(drop->graph, member);
	struct reach *reach;

	if (g_hash_table_contains(drop->dropped, GINT_TO_POINTER(node->place)) ||
	    !has_file(drop->files, node->share))
		return;
	reach = reach_from_content(drop->graph, member);
	if (reach_has(reach, drop->release->node))
		g_hash_table_add(drop->dropped, GINT_TO_POINTER(node->place));
	reach_free(reach);
}

static void note_all_dropped(const struct container_drop *drop, guint count)
{
	for (guint n = 0; n < count; n++)
		if (is_filled_member(graph_node(drop->graph, n)))
			note_dropped(drop, n);
}

/*
 * The header declares the container; or one beside it does, and the function is seen to drop its
 * pages.
 */
static bool is_dropped(const struct container_drop *drop, const struct node *node)
{
	if (g_str_equal(node->scope, drop->header))
		return true;
	return same_directory(node->scope, drop->header) &&
	       g_hash_table_contains(drop->dropped, GINT_TO_POINTER(node->place));
}

static bool any_of_directory(const struct graph *graph, const GArray *files, int file)
{
	for (guint i = 0; i < files->len; i++)
		if (same_directory(graph_path(graph, g_array_index(files, int, i)),
				   graph_path(graph, file)))
			return true;
	return false;
}

/* To the release and nowhere else: what else the other file does with the member is of others. */
static void member_join(struct graph *graph, int member, const struct container_drop *drop)
{
	const struct node *node = graph_node(graph, member);
	const struct call_info *release = drop->release;

	if (!has_file(drop->files, node->share) &&
	    any_of_directory(graph, drop->files, node->share))
		graph_join(graph, release->node, member, false, release->file, release->line);
}

static void drop_join(struct graph *graph, const struct container_drop *drop, guint count)
{
	note_all_dropped(drop, count);
	for (guint n = 0; n < count; n++) {
		const struct node *node = graph_node(graph, n);

		if (is_filled_member(node) && is_dropped(drop, node))
			member_join(graph, n, drop);
	}
}

void container_drops_join(struct graph *graph)
{
	guint count = graph->nodes->len;

	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];
		const struct function_info *function = graph_function(graph, call->function);
		struct container_drop drop = { .graph = graph, .release = call };

		if (call->role != ROLE_RELEASE || call->node < 0 || !function ||
		    graph_node(graph, call->node)->out->len ||
		    !graph_is_inline(graph, function->key))
			continue;
		drop.header = strchr(function->key, '\t') + 1;
		drop.files = inline_copies_files(graph->copies, function->id);
		if (!drop.files)
			continue;
		drop.dropped = g_hash_table_new(NULL, NULL);
		drop_join(graph, &drop, count);
		g_hash_table_destroy(drop.dropped);
	}
}
