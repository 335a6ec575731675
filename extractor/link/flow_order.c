// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cfg/reaching_defs.h"
#include "link/flow_order.h"

/* The lines whose value of the variable may be in it at a node. A set. */
static GHashTable *lines_before(const struct ir_function *function, int node,
				const struct expr *variable)
{
	g_autoptr(GArray) defs = ir_reaching_defs(function, node, variable, IR_EDGES_PASS_BY);
	GHashTable *lines = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < defs->len; i++) {
		const struct ir_node *def = &function->nodes[g_array_index(defs, int, i)];

		g_hash_table_add(lines, GINT_TO_POINTER(def->line));
	}
	return lines;
}

/* get_user_pages(..., &page) on one of the lines */
static bool is_acquired(const struct graph *graph, const struct call_info *release,
			GHashTable *lines)
{
	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->node == release->node && call->role == ROLE_ACQUIRE &&
		    g_hash_table_contains(lines, GINT_TO_POINTER(call->line)))
			return true;
	}
	return false;
}

/**
 * struct incoming - an edge to the release's node
 * @live: its line is one of those whose value may be in the page's variable
 */
struct incoming {
	int from;
	bool live, back;
};

/**
 * struct flow_order - of the pages that come to one release
 * @asked: the members below are there
 * @lines: whose value of the variable may be in it at the release; NULL: nothing is ruled out
 * @incoming: of struct incoming
 * @any: an assignment on one of the lines is understood
 */
struct flow_order {
	const struct cfg *cfg;
	const struct graph *graph;
	const struct call_info *release;
	bool asked;
	GHashTable *lines;
	GArray *incoming;
	bool any;
};

static void incoming_collect(struct flow_order *order)
{
	for (guint i = 0; i < order->graph->nodes->len; i++) {
		const GArray *out = graph_node(order->graph, i)->out;

		for (guint e = 0; e < out->len; e++) {
			const struct edge *edge = &g_array_index(out, struct edge, e);
			struct incoming in = { .from = i, .back = edge->turn == TURN_BACK };

			if (edge->to != order->release->node)
				continue;
			in.live = edge->file == order->release->file &&
				  g_hash_table_contains(order->lines, GINT_TO_POINTER(edge->line));
			order->any |= in.live;
			g_array_append_val(order->incoming, in);
		}
	}
}

static void order_find(struct flow_order *order)
{
	const struct call_info *release = order->release;
	const struct node *node = graph_node(order->graph, release->node);
	const struct ir_function *function = cfg_function(order->cfg, release->function);
	const char *variable = node_variable(node);
	int at = function && !node->array && variable ? cfg_call_node(function, release->id) : -1;

	order->asked = true;
	if (at < 0)
		return;
	order->lines = lines_before(function, at, expr_local(order->cfg->pool, variable));
	order->any = is_acquired(order->graph, release, order->lines);
	incoming_collect(order);
}

struct flow_order *flow_order_new(const struct cfg *cfg, const struct graph *graph,
				  const struct call_info *release)
{
	struct flow_order *order = g_new0(struct flow_order, 1);

	*order = (struct flow_order){ .cfg = cfg, .graph = graph, .release = release };
	order->incoming = g_array_new(FALSE, FALSE, sizeof(struct incoming));
	return order;
}

void flow_order_free(struct flow_order *order)
{
	g_clear_pointer(&order->lines, g_hash_table_destroy);
	g_array_unref(order->incoming);
	g_free(order);
}

/* Pages of this reach are put into the node on one of the lines. */
static bool comes_by(const struct flow_order *order, const struct reach *reach)
{
	const struct reached *first = &g_array_index(reach->steps, struct reached, 0);

	if (first->node == order->release->node &&
	    (!first->line || g_hash_table_contains(order->lines, GINT_TO_POINTER(first->line))))
		return true;
	for (guint i = 0; i < order->incoming->len; i++) {
		const struct incoming *in = &g_array_index(order->incoming, struct incoming, i);

		if ((in->live || in->back) && reach_has(reach, in->from))
			return true;
	}
	return false;
}

bool flow_order_allows(struct flow_order *order, const struct reach *reach)
{
	if (!order->asked)
		order_find(order);
	/* Where no assignment is understood, none is ruled out. */
	return !order->lines || comes_by(order, reach) || !order->any;
}

bool flow_order_is_straight(const struct cfg *cfg, int function_id, int line, int call)
{
	const struct ir_function *function = cfg_function(cfg, function_id);
	int from = 0, to = function ? cfg_call_node(function, call) : -1;

	if (to < 0)
		return false;
	while (from < function->count && (function->nodes[from].line != line ||
					  function->nodes[from].kind != IR_CALL))
		from++;
	return from < function->count && ir_is_straight(function, from, to);
}

bool flow_order_leads(const struct cfg *cfg, int function_id, int from, int to, int without)
{
	const struct ir_function *function = cfg_function(cfg, function_id);
	int start = function ? cfg_call_node(function, from) : -1;
	int end = function ? cfg_call_node(function, to) : -1;

	return start >= 0 && end >= 0 &&
	       ir_leads(function, start, end, cfg_call_node(function, without), IR_EDGES_PASS_BY);
}
