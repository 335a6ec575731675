// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"
#include "cfg/constant_values.h"
#include "link/counted_store.h"
#include "link/released_before.h"

/**
 * struct keeping - a function that takes a reference of a parameter's page and stores it
 * @page: the parameter
 * @taken: of each node: it takes a reference of @page
 */
struct keeping {
	const struct graph *graph;
	const struct cfg *cfg;
	const struct ir_function *function;
	const struct expr *page;
	bool *taken;
};

static bool takes(const struct keeping *k, const struct ir_node *node)
{
	return node->kind == IR_CALL && node->callee && node->arg_count &&
	       node->args[0] == k->page &&
	       knowledge_has(k->graph->knowledge, KNOW_REF, node->callee) &&
	       !(knowledge_details(k->graph->knowledge, KNOW_REF, node->callee) & KNOWN(GIVEN));
}

/* object->page = page */
static bool stores(const struct keeping *k, const struct ir_node *node)
{
	return node->kind == IR_SET && node->op == IR_OP_ASSIGN && node->rhs == k->page &&
	       node->lhs->op != EXPR_LOCAL;
}

/* The outcome of "page != 0", where the node asks for it, on which there is no page; else -1. */
static int without_page(const struct keeping *k, const struct ir_node *node)
{
	if (node->kind != IR_TEST || node->lhs != k->page || !expr_is_number(node->rhs, 0) ||
	    (node->op != IR_OP_EQ && node->op != IR_OP_NE))
		return -1;
	return node->op == IR_OP_EQ ? node->yes : node->no;
}

/*
 * Marks what paths come to from a node that take no reference and on which there is a page;
 * the node itself only where they come to it again.
 */
static void mark_untaken(const struct keeping *k, int from, bool *seen)
{
	g_autoptr(GArray) work = g_array_new(FALSE, FALSE, sizeof(int));

	g_array_append_val(work, from);
	while (work->len) {
		int at = g_array_index(work, int, work->len - 1), next[2];
		int barred = without_page(k, &k->function->nodes[at]);
		int count = ir_successors(k->function, at, IR_EDGES_CONTROL, next);

		g_array_set_size(work, work->len - 1);
		for (int i = 0; i < count; i++) {
			if (next[i] == barred || k->taken[next[i]] || seen[next[i]])
				continue;
			seen[next[i]] = true;
			g_array_append_val(work, next[i]);
		}
	}
}

/* Each path to the store has taken a reference, which no release has dropped by then. */
static bool is_taken_before(const struct keeping *k, int store)
{
	g_autofree bool *seen = g_new0(bool, k->function->count);

	mark_untaken(k, 0, seen);
	for (int i = 0; i < k->function->count; i++)
		if (releases_page(k->graph, &k->function->nodes[i], k->page))
			mark_untaken(k, i, seen);
	return !seen[store];
}

/* Each path from the store to an end of the function takes one. */
static bool is_taken_behind(const struct keeping *k, int store)
{
	g_autofree bool *seen = g_new0(bool, k->function->count);

	mark_untaken(k, store, seen);
	for (int i = 0; i < k->function->count; i++)
		if (seen[i] && k->function->nodes[i].kind == IR_RETURN)
			return false;
	return true;
}

/**
 * struct counted - the flows that have a reference of their own
 * @cuts: of struct reach_cut
 * @takers: of const struct call_info *: what takes the reference of each
 */
struct counted {
	GArray *cuts;
	GPtrArray *takers;
};

/* The flows into memory on a line, out of what the function is given. */
static void note_line(const struct keeping *k, int line, const struct call_info *taker,
		      const struct counted *counted)
{
	const struct function_info *info = graph_function(k->graph, k->function->id);

	for (guint n = 0; info && n < k->graph->nodes->len; n++) {
		const struct node *node = graph_node(k->graph, n);

		for (guint i = 0; !g_strcmp0(node->owner, info->key) && i < node->out->len; i++) {
			const struct edge *edge = &g_array_index(node->out, struct edge, i);
			struct reach_cut cut = { n, edge->to, edge->file, edge->line };

			if (edge->file != k->function->file || edge->line != line ||
			    graph_node(k->graph, edge->to)->kind != PLACE_FIELD)
				continue;
			g_array_append_val(counted->cuts, cut);
			g_ptr_array_add(counted->takers, (void *)taker);
		}
	}
}

/* The one store of a parameter, where that has a reference of its own. */
static void look_at(const struct keeping *k, const struct call_info *taker,
		    const struct counted *counted)
{
	int store = -1;

	for (int i = 0; i < k->function->count; i++) {
		if (!stores(k, &k->function->nodes[i]))
			continue;
		if (store >= 0)
			return;
		store = i;
	}
	if (store >= 0 && (is_taken_before(k, store) || is_taken_behind(k, store)))
		note_line(k, k->function->nodes[store].line, taker, counted);
}

/* The page of a call that takes a reference, where that is what its function was given. */
static void look_at_taker(const struct graph *graph, const struct cfg *cfg,
			  const struct call_info *taker, const struct counted *counted)
{
	struct keeping k = { graph, cfg, cfg_function(cfg, taker->function) };
	int at = k.function ? cfg_call_node(k.function, taker->id) : -1;

	if (at < 0 || !k.function->nodes[at].arg_count)
		return;
	k.page = k.function->nodes[at].args[0];
	if (k.page->op != EXPR_LOCAL ||
	    ir_in_parameters(k.function, cfg->pool, at, k.page) != k.page)
		return;
	k.taken = g_new0(bool, k.function->count);
	for (int i = 0; i < k.function->count; i++)
		k.taken[i] = takes(&k, &k.function->nodes[i]);
	look_at(&k, taker, counted);
	g_free(k.taken);
}

/* The first of the flows that is on the way of these pages, or -1. */
static int flow_of(const struct reach *reach, const struct counted *counted)
{
	for (guint i = 0; i < counted->cuts->len; i++) {
		const struct reach_cut *cut = &g_array_index(counted->cuts, struct reach_cut, i);

		if (reach_has(reach, cut->from) && reach_has(reach, cut->to))
			return i;
	}
	return -1;
}

static struct reason *reason_of(const struct graph *graph, const struct pair *pair,
				const struct call_info *taker)
{
	return reason_new(REASON_OWN_REFERENCE, "rr",
			  reason_call(taker->callee, graph_path(graph, taker->file), taker->line),
			  reason_copy(pair->feed->source));
}

/* The pairs of a feed that its pages come to by the stores alone. Caller frees. */
static GPtrArray *pairs_behind(const struct reach *own, const struct page_source *feed,
			       const GPtrArray *pairs)
{
	GPtrArray *behind = g_ptr_array_new();
	bool left = false;

	for (guint i = 0; i < pairs->len; i++) {
		struct pair *pair = pairs->pdata[i];

		if (pair->feed != feed || !pair->acquire)
			continue;
		if (reach_has(own, pair->release->node))
			left |= pair->kind == LINK_LINK || pair->kind == LINK_MIXED;
		else if (pair->release->family == FAMILY_GET)
			g_ptr_array_add(behind, pair);
	}
	if (!left)
		g_ptr_array_set_size(behind, 0);
	return behind;
}

static void drop_of_feed(const struct graph *graph, const struct counted *counted,
			 const struct page_source *feed, GPtrArray *pairs)
{
	int flow = flow_of(feed->reach, counted);
	g_autoptr(GPtrArray) behind = NULL;
	struct reach *own;

	if (flow < 0)
		return;
	own = reach_from_without(graph, feed->call->node, feed->call->file, feed->call->line,
				 counted->cuts);
	behind = pairs_behind(own, feed, pairs);
	for (guint i = 0; i < behind->len; i++)
		pairs_dismiss(pairs, behind->pdata[i], LINK_DECOY,
			      reason_of(graph, behind->pdata[i], counted->takers->pdata[flow]));
	reach_free(own);
}

void pairs_drop_counted(const struct graph *graph, const struct cfg *cfg,
			const GPtrArray *references, const GPtrArray *feeds, GPtrArray *pairs)
{
	struct counted counted = { g_array_new(FALSE, FALSE, sizeof(struct reach_cut)),
				   g_ptr_array_new() };

	for (guint i = 0; i < references->len; i++)
		look_at_taker(graph, cfg, references->pdata[i], &counted);
	for (guint i = 0; i < feeds->len; i++) {
		const struct page_source *feed = feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE)
			drop_of_feed(graph, &counted, feed, pairs);
	}
	g_array_unref(counted.cuts);
	g_ptr_array_unref(counted.takers);
}
