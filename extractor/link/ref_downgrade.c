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

	return pair != exchange && pair->acquire == exchange->acquire && !is_exchange(graph, pair) &&
	       (release->function != at->function ||
		order_leads(cfg, at->function, at->id, release->id, pair->acquire->id));
}

static const struct pair *exchange_before(const struct graph *graph, const struct cfg *cfg,
					  const GPtrArray *pairs, const struct pair *pair)
{
	for (guint i = 0; i < pairs->len; i++)
		if (is_exchange(graph, pairs->pdata[i]) && is_later(graph, cfg, pair, pairs->pdata[i]))
			return pairs->pdata[i];
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

static void pair_set_exchanged(const struct graph *graph, struct pair *pair,
			       const struct pair *exchange)
{
	reason_free(pair->reason);
	pair->reason = reason_new(REASON_EXCHANGED, "rssd", reason_copy(exchange->feed->source),
				  exchange->release->callee, graph_path(graph, exchange->release->file),
				  exchange->release->line);
	pair->kind = LINK_DECOY;
	pair->acquire = NULL;
	pair->feed = NULL;
}

void pairs_exchange(const struct graph *graph, const struct cfg *cfg, GPtrArray *pairs)
{
	g_autoptr(GPtrArray) later = g_ptr_array_new();
	g_autoptr(GPtrArray) exchanges = g_ptr_array_new();

	for (guint i = 0; i < pairs->len; i++) {
		struct pair *pair = pairs->pdata[i];
		const struct pair *exchange = pair->acquire ? exchange_before(graph, cfg, pairs, pair) : NULL;

		if (!exchange)
			continue;
		g_ptr_array_add(later, pair);
		g_ptr_array_add(exchanges, (void *)exchange);
	}
	/* A release keeps one row at least. */
	for (guint i = 0; i < later->len; i++) {
		if (has_another(pairs, later->pdata[i]))
			g_ptr_array_remove(pairs, later->pdata[i]);
		else
			pair_set_exchanged(graph, later->pdata[i], exchanges->pdata[i]);
	}
}
