// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "decide/era_rules.h"
#include "decide/other_drops.h"

static bool is_known_source(const struct page_source *feed)
{
	return feed->kind == FEED_OWNER || feed->kind == FEED_BORROWER;
}

/* The allocator fills an array with its pages there, "alloc_pages_bulk_array(gfp, n, pages)". */
static bool is_filled_by_allocator(const struct deciding *d, const struct node *node)
{
	g_autofree char *name = NULL;

	if (node->kind != PLACE_PARAM || !node->array)
		return false;
	name = graph_function_words(node);
	return knowledge_has(d->graph->knowledge, KNOW_PAGE_ALLOC, name);
}

/* Pages that the allocator puts into the node's array come to the place. */
static bool allocator_comes_to(const struct deciding *d, const struct node *filled, int place)
{
	for (guint i = 0; i < filled->out->len; i++) {
		const struct edge *edge = &g_array_index(filled->out, struct edge, i);
		struct reach *reach;
		bool comes;

		if (edge->kind != EDGE_EXIT)
			continue;
		reach = reach_from(d->graph, edge->to, edge->file, edge->line);
		comes = reach_has(reach, place);
		reach_free(reach);
		if (comes)
			return true;
	}
	return false;
}

/* Pages of a source that is no acquire come to the place, too. */
static bool has_others(const struct deciding *d, int node)
{
	for (guint i = 0; i < d->feeds->len; i++) {
		const struct page_source *feed = d->feeds->pdata[i];

		if (is_known_source(feed) && reach_has(feed->reach, node))
			return true;
	}
	for (guint i = 0; i < d->graph->nodes->len; i++)
		if (is_filled_by_allocator(d, graph_node(d->graph, i)) &&
		    allocator_comes_to(d, graph_node(d->graph, i), node))
			return true;
	return false;
}

static struct reason *call_obstacle(const struct deciding *d, const struct page_source *feed,
				    const struct call_info *call, bool references)
{
	bool again = references && knowledge_has(d->graph->knowledge, KNOW_REF, call->callee);

	if ((!again && (call->role != ROLE_USE || call->detail != DETAIL_FREE)) ||
	    call->status == CALL_DEAD || !reach_has(feed->reach, call->node) ||
	    call_implements_api(d->graph, d->apis, call) || has_others(d, call->node))
		return NULL;
	return reason_new(again ? REASON_REFERENCED_AGAIN : REASON_DROPPED_OTHERWISE, "r",
			  reason_call(call->callee, path_of(d, call), call->line));
}

/* The place is a parameter of a function that drops what it is given, or hands it on. */
static struct reason *parameter_obstacle(const struct deciding *d, const struct reached *step)
{
	const struct node *node = graph_node(d->graph, step->node);
	g_autofree char *name = node->kind == PLACE_PARAM ? graph_function_words(node) : NULL;
	bool lowers = name && knowledge_has(d->graph->knowledge, KNOW_UNREF, name);

	if ((!lowers && !(name && knowledge_has(d->graph->knowledge, KNOW_TAKES_OVER, name))) ||
	    has_others(d, step->node))
		return NULL;
	return reason_new(lowers ? REASON_DROPPED_OTHERWISE : REASON_TAKEN_OVER, "r",
			  reason_call(name, graph_path(d->graph, step->file), step->line));
}

struct reason *other_drop_of(const struct deciding *d, const struct decision *site, bool references)
{
	const struct page_source *feed = site->feed;
	struct reason *obstacle = NULL;

	if (!feed)
		return NULL;
	for (guint i = 0; i < d->graph->calls->len && !obstacle; i++)
		obstacle = call_obstacle(d, feed, d->graph->calls->pdata[i], references);
	for (guint i = 0; i < feed->reach->steps->len && !obstacle; i++)
		obstacle = parameter_obstacle(d, &g_array_index(feed->reach->steps,
								struct reached, i));
	return obstacle;
}
