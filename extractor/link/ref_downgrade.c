// SPDX-License-Identifier: GPL-2.0-only
#include "link/ref_downgrade.h"

static bool is_exchange(const struct graph *graph, const struct pair *pair)
{
	return pair->acquire && pair->release->function == pair->acquire->function &&
	       knowledge_has(graph->knowledge, KNOW_DOWNGRADE, pair->release->callee);
}

static bool is_later(const struct graph *graph, const struct cfg *cfg, const struct pair *pair,
		     const struct pair *exchange)
{
	const struct call_info *release = pair->release, *at = exchange->release;

	return pair != exchange && pair->acquire == exchange->acquire &&
	       !is_exchange(graph, pair) &&
	       (release->function != at->function ||
		flow_order_leads(cfg, at->function, at->id, release->id, pair->acquire->id));
}

static const struct pair *exchange_before(const struct graph *graph, const struct cfg *cfg,
					  const GPtrArray *pairs, const struct pair *pair)
{
	for (guint i = 0; i < pairs->len; i++)
		if (is_exchange(graph, pairs->pdata[i]) &&
		    is_later(graph, cfg, pair, pairs->pdata[i]))
			return pairs->pdata[i];
	return NULL;
}

static struct reason *exchanged_reason(const struct graph *graph, const struct pair *exchange)
{
	return reason_new(REASON_EXCHANGED, "rssd", reason_copy(exchange->feed->source),
			  exchange->release->callee, graph_path(graph, exchange->release->file),
			  exchange->release->line);
}

void pairs_downgrade(const struct graph *graph, const struct cfg *cfg, GPtrArray *pairs)
{
	g_autoptr(GPtrArray) later = g_ptr_array_new();
	g_autoptr(GPtrArray) exchanges = g_ptr_array_new();

	for (guint i = 0; i < pairs->len; i++) {
		struct pair *pair = pairs->pdata[i];
		const struct pair *exchange = pair->acquire
						      ? exchange_before(graph, cfg, pairs, pair)
						      : NULL;

		if (!exchange)
			continue;
		g_ptr_array_add(later, pair);
		g_ptr_array_add(exchanges, (void *)exchange);
	}
	for (guint i = 0; i < later->len; i++)
		pairs_dismiss(pairs, later->pdata[i], LINK_DECOY,
			      exchanged_reason(graph, exchanges->pdata[i]));
}
