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

/* Pages of this reach are put into the node on one of the lines; *any: on some line at all. */
static bool comes_by(const struct graph *graph, const struct reach *reach,
		     const struct call_info *release, GHashTable *lines, bool *any)
{
	const struct reached *first = &g_array_index(reach->steps, struct reached, 0);

	if (first->node == release->node &&
	    (!first->line || g_hash_table_contains(lines, GINT_TO_POINTER(first->line))))
		return true;
	for (guint i = 0; i < graph->nodes->len; i++) {
		const GArray *out = graph_node(graph, i)->out;

		for (guint e = 0; e < out->len; e++) {
			const struct edge *edge = &g_array_index(out, struct edge, e);
			bool live = edge->file == release->file &&
				    g_hash_table_contains(lines, GINT_TO_POINTER(edge->line));

			if (edge->to != release->node)
				continue;
			*any |= live;
			if (reach_has(reach, i) && (live || edge->turn == TURN_BACK))
				return true;
		}
	}
	return false;
}

bool flow_order_allows(const struct cfg *cfg, const struct graph *graph, const struct reach *reach,
		       const struct call_info *release)
{
	const struct node *node = graph_node(graph, release->node);
	const struct ir_function *function = cfg_function(cfg, release->function);
	const char *variable = node_variable(node);
	g_autoptr(GHashTable) lines = NULL;
	bool any;
	int at;

	if (!function || node->array || !variable)
		return true;
	at = cfg_call_node(function, release->id);
	if (at < 0)
		return true;
	lines = lines_before(function, at, expr_local(cfg->pool, variable));
	any = is_acquired(graph, release, lines);
	/* Where no assignment is understood, none is ruled out. */
	return comes_by(graph, reach, release, lines, &any) || !any;
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
