// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"
#include "link/released_before.h"

/**
 * struct released - the acquire of one page into a variable of its function
 * @at: its node in @function
 * @marks: of each node: a release of that variable
 */
struct released {
	const struct graph *graph;
	const struct ir_function *function;
	int at;
	bool *marks;
};

bool releases_page(const struct graph *graph, const struct ir_node *node, const struct expr *page)
{
	const struct call_info *call = node->kind == IR_CALL && node->call && node->arg_count &&
				       node->args[0] == page ?
		graph_call(graph, node->call) : NULL;

	return call && call->role == ROLE_RELEASE;
}

/* Marks the releases of the variable. */
static void mark_releases(const struct released *r, const struct expr *page)
{
	for (int i = 0; i < r->function->count; i++)
		r->marks[i] = releases_page(r->graph, &r->function->nodes[i], page);
}

/* get_user_pages_fast(start, 1, 0, &page): the variable that an acquire fills, or NULL. */
static const struct expr *page_of(const struct cfg *cfg, const struct graph *graph,
				  const struct ir_node *acquire, int node)
{
	const char *name = node_variable(graph_node(graph, node));
	const struct expr *page = name ? expr_local(cfg->pool, name) : NULL;

	for (int i = 0; page && i < acquire->arg_count; i++)
		if (acquire->args[i]->op == EXPR_ADDRESS && acquire->args[i]->a == page)
			return page;
	return NULL;
}

/* Each path from the acquire to a use of the variable on the line, if any, has released it. */
static bool is_behind(const struct released *r, const struct expr *variable, int line)
{
	bool any = false;

	for (int i = 0; i < r->function->count; i++) {
		const struct ir_node *node = &r->function->nodes[i];

		if (node->line != line || !ir_node_mentions(node, variable))
			continue;
		any = true;
		if (r->marks[i] ||
		    ir_leads_around(r->function, r->at, i, r->marks, IR_EDGES_CONTROL))
			return false;
	}
	return any;
}

/* The flows out of a variable of the function that the page does not go by with its reference. */
static void cut_variable(const struct released *r, struct expr_pool *pool, int number,
			 GArray *cuts)
{
	const struct node *node = graph_node(r->graph, number);
	const char *name = node_variable(node);
	const struct expr *variable = name ? expr_local(pool, name) : NULL;

	for (guint i = 0; variable && i < node->out->len; i++) {
		const struct edge *edge = &g_array_index(node->out, struct edge, i);
		struct reach_cut cut = { number, edge->to, edge->file, edge->line };
		const struct function_info *at =
			graph_function_at(r->graph, edge->file, edge->line);

		if (at && at->id == r->function->id && edge->turn == TURN_NONE &&
		    is_behind(r, variable, edge->line))
			g_array_append_val(cuts, cut);
	}
}

void cut_released(const struct graph *graph, const struct cfg *cfg,
		  const struct page_source *feed, GArray *cuts)
{
	struct released r = { graph, cfg_function(cfg, feed->call->function), -1, NULL };
	const struct expr *page;

	r.at = r.function ? cfg_call_node(r.function, feed->call->id) : -1;
	page = r.at < 0 ? NULL :
		page_of(cfg, graph, &r.function->nodes[r.at], feed->call->node);
	if (!page)
		return;
	r.marks = g_new0(bool, r.function->count);
	mark_releases(&r, page);
	for (guint i = 0; i < graph->nodes->len; i++)
		if (reach_has(feed->reach, i))
			cut_variable(&r, cfg->pool, i, cuts);
	g_free(r.marks);
}
