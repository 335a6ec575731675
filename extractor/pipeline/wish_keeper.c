// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "pipeline/wish_keeper.h"

bool feeds_acquired(const GPtrArray *feeds, int node)
{
	for (guint i = 0; i < feeds->len; i++) {
		const struct page_source *feed = feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE && reach_has(feed->reach, node))
			return true;
	}
	return false;
}

static bool is_released_from(const struct graph *graph, int node)
{
	struct reach *reach = reach_from_content(graph, node);
	bool released = false;

	for (guint i = 0; i < reach->steps->len && !released; i++)
		released = graph_node(graph, g_array_index(reach->steps, struct reached, i).node)
				   ->released;
	reach_free(reach);
	return released;
}

GArray *keepers_of(const struct graph *graph, const GPtrArray *feeds)
{
	GArray *keepers = g_array_new(FALSE, FALSE, sizeof(int));

	for (int i = 0; i < (int)graph->nodes->len; i++) {
		const struct node *node = graph_node(graph, i);

		if (node->kind == PLACE_FIELD && node->share < 0 && node->array &&
		    !feeds_acquired(feeds, i) && is_released_from(graph, i))
			g_array_append_val(keepers, i);
	}
	return keepers;
}

bool keepers_take(const struct graph *graph, const GArray *keepers, const struct node *param,
		  int file)
{
	for (guint i = 0; i < keepers->len && param->array; i++) {
		int keeper = g_array_index(keepers, int, i);
		const struct node *node = graph_node(graph, keeper);

		if (!strcmp(node->type, param->type) &&
		    graph_node_in(graph, node->place, file) == keeper)
			return true;
	}
	return false;
}
