// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/dominators.h"
#include "link/tested_iterator.h"

/* All of the function that is on the line is behind the test. */
static bool is_line_behind(const struct ir_function *function, const struct expr *result, int line)
{
	bool any = false;

	for (int i = 0; i < function->count; i++) {
		if (function->nodes[i].line != line)
			continue;
		if (!ir_result_decides(function, result, i, true))
			return false;
		any = true;
	}
	return any;
}

static void add_flows(const struct graph *graph, const struct cfg *cfg,
		      const struct call_info *call, GArray *tested)
{
	const struct ir_function *function = cfg_function(cfg, call->function);
	const struct node *node = graph_node(graph, call->node);
	int at = function ? cfg_call_node(function, call->id) : -1;

	if (at < 0 || (node->kind != PLACE_PARAM && node->kind != PLACE_LOCAL))
		return;
	for (guint i = 0; i < node->out->len; i++) {
		const struct edge *edge = &g_array_index(node->out, struct edge, i);
		const struct reach_cut cut = { call->node, edge->to, edge->file, edge->line };

		if (edge->file == call->file &&
		    graph_function_at(graph, edge->file, edge->line) ==
			    graph_function(graph, call->function) &&
		    is_line_behind(function, expr_result(cfg->pool, at), edge->line))
			g_array_append_val(tested, cut);
	}
}

/* Of struct reach_cut. Caller frees. */
static GArray *tested_flows(const struct graph *graph, const struct cfg *cfg)
{
	GArray *tested = g_array_new(FALSE, FALSE, sizeof(struct reach_cut));

	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->detail == DETAIL_USER_TEST && call->node >= 0)
			add_flows(graph, cfg, call, tested);
	}
	return tested;
}

void iterators_narrow(const struct graph *graph, const struct cfg *cfg, GPtrArray *feeds)
{
	g_autoptr(GArray) tested = tested_flows(graph, cfg);
	struct iov_iter_origins *origins = NULL;

	if (tested->len)
		origins = iov_iter_origins_new(graph, tested);
	for (guint i = 0; origins && i < feeds->len; i++) {
		struct page_source *feed = feeds->pdata[i];

		if (feed->iterator.kind == ITERATOR_UNKNOWN || feed->iterator.kind == ITERATOR_BOTH)
			feed->iterator = iov_iter_origin_of(origins, feed->call);
	}
	if (origins)
		iov_iter_origins_free(origins);
}
