// SPDX-License-Identifier: GPL-2.0-only
#include "link/own_reference.h"

/* A pin, and a release that drops an ordinary reference. */
static bool is_pin_put(const struct pair *pair)
{
	return pair->feed && pair->acquire && family_is_pinned(pair->acquire->family) &&
	       pair->release->family == FAMILY_GET;
}

/* An inline function has its places once for each file that calls it. */
static bool is_at(const struct graph *graph, int node, const struct call_info *call)
{
	const struct function_info *function = graph_function(graph, call->function);

	return node == call->node ||
	       (function && graph_is_inline(graph, function->key) &&
		graph_node(graph, node)->place == call->place);
}

/* The pages come to the call on their way to the release. */
static bool is_on_way(const struct graph *graph, const struct reach *reach,
		      const struct call_info *release, const struct call_info *call)
{

	for (int i = reach->first[release->node]; i >= 0;) {
		const struct reached *step = &g_array_index(reach->steps, struct reached, i);

		if (is_at(graph, step->node, call))
			return true;
		i = step->from;
	}
	return false;
}

GPtrArray *reference_calls(const struct graph *graph)
{
	GPtrArray *calls = g_ptr_array_new();

	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->node >= 0 && call->status != CALL_DEAD &&
		    knowledge_has(graph->knowledge, KNOW_REF, call->callee))
			g_ptr_array_add(calls, (void *)call);
	}
	return calls;
}

/* The call that takes a reference of its own of what is on the way, or NULL. */
static const struct call_info *taken_on_way(const struct graph *graph,
					    const GPtrArray *references,
					    const struct reach *reach,
					    const struct call_info *release)
{
	for (guint i = 0; i < references->len; i++)
		if (is_on_way(graph, reach, release, references->pdata[i]))
			return references->pdata[i];
	return NULL;
}

/* A function of the release's file takes a reference of what comes in. */
static bool is_taken_in_file(const struct graph *graph, const GPtrArray *references,
			     const struct page_source *feed, const struct call_info *release)
{
	for (guint i = 0; i < references->len; i++) {
		const struct call_info *call = references->pdata[i];

		if (call->file == release->file && reach_has(feed->reach, call->node) &&
		    !(knowledge_details(graph->knowledge, KNOW_REF, call->callee) & KNOWN(GIVEN)))
			return true;
	}
	return false;
}

enum feed_kind own_reference_kind(const struct graph *graph, const GPtrArray *references,
				  const struct page_source *feed, const struct call_info *release,
				  bool beside)
{
	if (feed->kind != FEED_PUBLIC && feed->kind != FEED_POINTER)
		return feed->kind;
	for (guint i = 0; i < references->len; i++) {
		const struct call_info *call = references->pdata[i];
		const struct function_info *function = graph_function(graph, call->function);

		if (function && graph_is_inline(graph, function->key) &&
		    is_on_way(graph, feed->reach, release, call))
			return FEED_BORROWER;
	}
	if (beside && feed->kind == FEED_PUBLIC &&
	    is_taken_in_file(graph, references, feed, release))
		return FEED_OWNER;
	return feed->kind;
}

static struct reason *own_reference_reason(const struct graph *graph, const struct pair *pair,
					   const struct call_info *taken)
{
	return reason_new(REASON_OWN_REFERENCE, "rr",
			  reason_call(taken->callee, graph_path(graph, taken->file), taken->line),
			  reason_copy(pair->feed->source));
}

void pairs_drop_own_references(const struct graph *graph, const GPtrArray *references,
			       GPtrArray *pairs)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	g_autoptr(GPtrArray) takers = g_ptr_array_new();

	for (guint i = 0; i < pairs->len; i++) {
		struct pair *pair = pairs->pdata[i];
		const struct call_info *taken = is_pin_put(pair) ?
			taken_on_way(graph, references, pair->feed->reach, pair->release) : NULL;

		if (!taken)
			continue;
		g_ptr_array_add(found, pair);
		g_ptr_array_add(takers, (void *)taken);
	}
	for (guint i = 0; i < found->len; i++)
		pairs_dismiss(pairs, found->pdata[i], LINK_DECOY,
			      own_reference_reason(graph, found->pdata[i], takers->pdata[i]));
}
