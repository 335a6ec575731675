// SPDX-License-Identifier: GPL-2.0-only
#include "link/own_reference.h"

static bool is_cross(const struct pair *pair)
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

static bool has_another(const GPtrArray *pairs, const struct pair *wanted)
{
	for (guint i = 0; i < pairs->len; i++) {
		const struct pair *pair = pairs->pdata[i];

		if (pair != wanted && pair->release == wanted->release)
			return true;
	}
	return false;
}

static void pair_set_own(const struct graph *graph, struct pair *pair, const struct call_info *taken)
{
	reason_free(pair->reason);
	pair->reason = reason_new(REASON_OWN_REFERENCE, "rr",
				  reason_call(taken->callee, graph_path(graph, taken->file), taken->line),
				  reason_copy(pair->feed->source));
	pair->kind = LINK_DECOY;
	pair->acquire = NULL;
	pair->feed = NULL;
}

void pairs_drop_own_references(const struct graph *graph, GPtrArray *pairs)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	g_autoptr(GPtrArray) takers = g_ptr_array_new();

	for (guint i = 0; i < pairs->len; i++) {
		struct pair *pair = pairs->pdata[i];
		const struct call_info *taken = is_cross(pair) ? taken_on_way(graph, pair) : NULL;

		if (!taken)
			continue;
		g_ptr_array_add(found, pair);
		g_ptr_array_add(takers, (void *)taken);
	}
	/* A release keeps one row at least. */
	for (guint i = 0; i < found->len; i++) {
		if (has_another(pairs, found->pdata[i]))
			g_ptr_array_remove(pairs, found->pdata[i]);
		else
			pair_set_own(graph, found->pdata[i], takers->pdata[i]);
	}
}
