// SPDX-License-Identifier: GPL-2.0-only
#include "link/own_reference.h"

/* A pin, and a release that drops an ordinary reference. */
static bool is_pin_put(const struct pair *pair)
{
	return pair->feed && pair->acquire && family_is_pinned(pair->acquire->family) &&
	       pair->release->family == FAMILY_GET;
}

/* The pages come through the place on their way to the release. */
static bool is_on_way(const struct pair *pair, int node)
{
	const struct reach *reach = pair->feed->reach;

	for (int i = reach->first[pair->release->node]; i >= 0;) {
		const struct reached *step = &g_array_index(reach->steps, struct reached, i);

		if (step->node == node)
			return true;
		i = step->from;
	}
	return false;
}

/* The call that takes a reference of its own of what is on the way, or NULL. */
static const struct call_info *taken_on_way(const struct graph *graph, const struct pair *pair)
{
	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->node >= 0 && call->status != CALL_DEAD &&
		    knowledge_has(graph->knowledge, KNOW_REF, call->callee) &&
		    is_on_way(pair, call->node))
			return call;
	}
	return NULL;
}

static struct reason *own_reference_reason(const struct graph *graph, const struct pair *pair,
					   const struct call_info *taken)
{
	return reason_new(REASON_OWN_REFERENCE, "rr",
			  reason_call(taken->callee, graph_path(graph, taken->file), taken->line),
			  reason_copy(pair->feed->source));
}

void pairs_drop_own_references(const struct graph *graph, GPtrArray *pairs)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	g_autoptr(GPtrArray) takers = g_ptr_array_new();

	for (guint i = 0; i < pairs->len; i++) {
		struct pair *pair = pairs->pdata[i];
		const struct call_info *taken = is_pin_put(pair) ? taken_on_way(graph, pair) : NULL;

		if (!taken)
			continue;
		g_ptr_array_add(found, pair);
		g_ptr_array_add(takers, (void *)taken);
	}
	for (guint i = 0; i < found->len; i++)
		pairs_dismiss(pairs, found->pdata[i], LINK_DECOY,
			      own_reference_reason(graph, found->pdata[i], takers->pdata[i]));
}
