// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cfg/dominators.h"
#include "cfg/natural_loops.h"
#include "cfg/reaching_defs.h"
#include "link/released_before.h"
#include "link/sibling_acquire.h"

/**
 * struct filling - an acquire that fills a local array or variable of its function
 * @at: its node in @function
 * @array: the argument that has the pages: pages, &page, pages + done
 */
struct filling {
	const struct graph *graph;
	const struct cfg *cfg;
	const struct ir_function *function;
	const struct call_info *call;
	int at;
	const struct expr *array;
};

static bool is_same_entry(const struct filling *f, const struct expr *a, const struct expr *b)
{
	return expr_base(a) == expr_base(b) &&
	       expr_offset(f->cfg->pool, a) == expr_offset(f->cfg->pool, b);
}

/* The variable of a local's node, in the pool's form; NULL for other places. */
static const struct expr *variable_of(const struct filling *f, int node)
{
	const char *name = node < 0 ? NULL : node_variable(graph_node(f->graph, node));

	return name ? expr_local(f->cfg->pool, name) : NULL;
}

/* Fills f; false where the acquire's array is no local variable, or its function has no graph. */
static bool filling_of(struct filling *f, const struct graph *graph, const struct cfg *cfg,
		       const struct call_info *call)
{
	const struct expr *variable;

	*f = (struct filling){ graph, cfg, cfg_function(cfg, call->function), call, -1, NULL };
	variable = variable_of(f, call->node);
	f->at = f->function && variable ? cfg_call_node(f->function, call->id) : -1;
	for (int i = 0; f->at >= 0 && i < f->function->nodes[f->at].arg_count; i++) {
		const struct expr *argument = f->function->nodes[f->at].args[i];

		if (expr_base(argument) == variable)
			f->array = argument;
	}
	return f->array;
}

/* Marks the nodes of other acquires into the same entries. Caller frees. */
static bool *overwriting_nodes(const struct filling *f, const GPtrArray *feeds, bool *any)
{
	bool *marks = g_new0(bool, f->function->count + 1);

	for (guint i = 0; i < feeds->len; i++) {
		const struct page_source *feed = feeds->pdata[i];
		struct filling other;

		if (feed->kind != FEED_ACQUIRE || feed->call == f->call ||
		    feed->call->function != f->call->function ||
		    !filling_of(&other, f->graph, f->cfg, feed->call) ||
		    !is_same_entry(f, other.array, f->array))
			continue;
		marks[other.at] = true;
		*any = true;
	}
	return marks;
}

/* Each path from the acquire to a use of the variable on the line passes another filling. */
static bool is_overwritten_at(const struct filling *f, const bool *marks, int line)
{
	const struct expr *variable = expr_base(f->array);
	bool any = false;

	for (int i = 0; i < f->function->count; i++) {
		const struct ir_node *node = &f->function->nodes[i];

		if (node->line != line || !ir_node_mentions(node, variable))
			continue;
		any = true;
		if (i == f->at || ir_leads_around(f->function, f->at, i, marks, IR_EDGES_PASS_BY))
			return false;
	}
	return any;
}

static void cut_overwritten(const struct filling *f, const GPtrArray *feeds, GArray *cuts)
{
	const GArray *out = graph_node(f->graph, f->call->node)->out;
	bool any = false;
	g_autofree bool *marks = overwriting_nodes(f, feeds, &any);

	for (guint i = 0; any && i < out->len; i++) {
		const struct edge *edge = &g_array_index(out, struct edge, i);
		struct reach_cut cut = { f->call->node, edge->to, edge->file, edge->line };

		/* Another name of the array is one of what is filled in later, too. */
		if (edge->turn == TURN_NONE && edge->file == f->call->file &&
		    is_overwritten_at(f, marks, edge->line))
			g_array_append_val(cuts, cut);
	}
}

/* The line of "q = p + k" where nothing else is put into q; 0 for none. */
static int slicing_line(const struct filling *whole, const struct filling *part)
{
	const struct ir_function *f = whole->function;
	g_autoptr(GArray) defs = ir_reaching_defs(f, part->at, expr_base(part->array),
						  IR_EDGES_CONTROL);
	const struct ir_node *def;

	if (defs->len != 1)
		return 0;
	def = &f->nodes[g_array_index(defs, int, 0)];
	if (def->kind != IR_SET || def->op != IR_OP_ASSIGN || def->rhs == expr_base(def->rhs))
		return 0;
	return def->lhs == expr_base(part->array) &&
	       expr_base(def->rhs) == expr_base(whole->array) ? def->line : 0;
}

/* The array as a whole goes to no function that could come to entries behind the acquire's. */
static bool is_kept_apart(const struct filling *whole, const struct api_table *apis)
{
	const struct expr *variable = expr_base(whole->array);

	for (int i = 0; i < whole->function->count; i++) {
		const struct ir_node *node = &whole->function->nodes[i];
		bool given = false;

		for (int k = 0; node->kind == IR_CALL && k < node->arg_count; k++)
			given |= node->args[k] == variable;
		if (!given || i == whole->at ||
		    (node->callee && api_is_harmless(apis, node->callee)))
			continue;
		if (!node->callee || !api_is_site(api_find(apis, node->callee)))
			return false;
	}
	return true;
}

static void cut_between(const struct filling *f, int a, int b, int line, GArray *cuts)
{
	const struct reach_cut both[] = { { a, b, f->call->file, line },
					  { b, a, f->call->file, line } };

	g_array_append_vals(cuts, both, G_N_ELEMENTS(both));
}

/* Of two acquires, one fills "q = p + k" and the other p, in either order. */
static void cut_slices(const struct filling *f, const struct api_table *apis,
		       const GPtrArray *feeds, GArray *cuts)
{
	for (guint i = 0; i < feeds->len; i++) {
		const struct page_source *feed = feeds->pdata[i];
		struct filling other;
		int line;

		if (feed->kind != FEED_ACQUIRE || feed->call->function != f->call->function ||
		    feed->call->node == f->call->node ||
		    !filling_of(&other, f->graph, f->cfg, feed->call))
			continue;
		line = is_kept_apart(f, apis) ? slicing_line(f, &other) : 0;
		if (!line)
			line = is_kept_apart(&other, apis) ? slicing_line(&other, f) : 0;
		if (line)
			cut_between(f, f->call->node, other.call->node, line, cuts);
	}
}

/* Each path from the function's entry to a use of the array on the line passes its filling. */
static bool is_filled_before(const struct filling *f, int line)
{
	struct ir_dominators *dominators = ir_dominators_new(f->function);
	const struct expr *variable = expr_base(f->array);
	bool all = true, any = false;

	for (int i = 0; i < f->function->count && all; i++) {
		const struct ir_node *node = &f->function->nodes[i];

		if (node->line != line || !ir_node_mentions(node, variable))
			continue;
		any = true;
		all = i != f->at && ir_dominates(dominators, f->at, i);
	}
	ir_dominators_free(dominators);
	return any && all;
}

static void cut_behind(const struct filling *f, GArray *cuts)
{
	const GArray *out = graph_node(f->graph, f->call->node)->out;

	for (guint i = 0; i < out->len; i++) {
		const struct edge *edge = &g_array_index(out, struct edge, i);
		struct reach_cut cut = { f->call->node, edge->to, edge->file, edge->line };

		if (edge->file == f->call->file && edge->turn != TURN_BACK &&
		    is_filled_before(f, edge->line))
			g_array_append_val(cuts, cut);
	}
}

/*
 * Pages that are in the memory of an array when another function fills it anew, from its first
 * entry on: they do not go on from there.
 */
static void cut_refilled(const struct graph *graph, const struct cfg *cfg, const GPtrArray *feeds,
			 const struct page_source *feed, GArray *cuts)
{
	for (guint i = 0; i < feeds->len; i++) {
		const struct page_source *other = feeds->pdata[i];
		struct filling f;

		if (other->kind != FEED_ACQUIRE || other->call->function == feed->call->function ||
		    !reach_has(feed->reach, other->call->node) ||
		    !filling_of(&f, graph, cfg, other->call) ||
		    !expr_is_number(expr_offset(cfg->pool, f.array), 0))
			continue;
		cut_behind(&f, cuts);
	}
}

static void narrow(const struct graph *graph, const struct cfg *cfg, const struct api_table *apis,
		   const GPtrArray *feeds, struct page_source *feed)
{
	g_autoptr(GArray) cuts = g_array_new(FALSE, FALSE, sizeof(struct reach_cut));
	struct filling f;

	cut_refilled(graph, cfg, feeds, feed, cuts);
	cut_released(graph, cfg, feed, cuts);
	if (filling_of(&f, graph, cfg, feed->call)) {
		cut_overwritten(&f, feeds, cuts);
		cut_slices(&f, apis, feeds, cuts);
	}
	if (!cuts->len)
		return;
	reach_free(feed->reach);
	feed->reach = reach_from_without(graph, feed->call->node, feed->call->file,
					 feed->call->line, cuts);
}

void siblings_narrow(const struct graph *graph, const struct cfg *cfg, const struct api_table *apis,
		     GPtrArray *feeds)
{
	for (guint i = 0; i < feeds->len; i++) {
		struct page_source *feed = feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE)
			narrow(graph, cfg, apis, feeds, feed);
	}
}

/* The call node whose result is all that may be in the value, beside numbers; -1 for none. */
static int only_call(const struct ir_function *function, int at, const struct expr *value)
{
	g_autoptr(GArray) defs = NULL;
	int found = -1;

	if (value->op == EXPR_RESULT)
		return value->number;
	if (value->op != EXPR_LOCAL)
		return -1;
	defs = ir_reaching_defs(function, at, value, IR_EDGES_CONTROL);
	for (guint i = 0; i < defs->len; i++) {
		const struct ir_node *def = &function->nodes[g_array_index(defs, int, i)];

		if (def->kind != IR_SET || def->op != IR_OP_ASSIGN)
			return -1;
		if (def->rhs->op == EXPR_NUMBER && def->rhs->number <= 0)
			continue;
		if (def->rhs->op != EXPR_RESULT || (found >= 0 && found != def->rhs->number))
			return -1;
		found = def->rhs->number;
	}
	return found;
}

static bool is_acquire(const struct graph *graph, int id)
{
	const struct call_info *call = graph_call(graph, id);

	return call && call->role == ROLE_ACQUIRE;
}

static bool is_pointer(const struct ir_node *call, int argument)
{
	return argument < call->param_count && call->param_types[argument] == IR_TYPE_POINTER;
}

/**
 * struct entry_range - entries of an array that a release drops
 * @base, @offset: of the first one
 * @count: how many
 * @at: the node where count is read
 */
struct entry_range {
	const struct expr *base, *offset;
	const struct expr *count;
	int at;
};

/* The acquire that has filled the range, no entry less and none more: its call's id, or 0. */
static int acquire_of_range(const struct filling *f, const struct entry_range *range)
{
	int acquire = only_call(f->function, range->at, range->count);
	const struct ir_node *node = acquire < 0 ? NULL : &f->function->nodes[acquire];

	if (!node || node->kind != IR_CALL || !is_acquire(f->graph, node->call))
		return 0;
	for (int i = 0; i < node->arg_count; i++)
		if (is_pointer(node, i) && expr_base(node->args[i]) == range->base &&
		    expr_offset(f->cfg->pool, node->args[i]) == range->offset)
			return node->call;
	return 0;
}

/* release(pages, count), in whatever order */
static int acquire_of_arguments(const struct filling *f)
{
	const struct ir_node *node = &f->function->nodes[f->at];
	int found = 0;

	for (int i = 0; i < node->arg_count && !found; i++)
		for (int k = 0; k < node->arg_count && !found; k++) {
			struct entry_range range = { expr_base(node->args[i]),
					       expr_offset(f->cfg->pool, node->args[i]),
					       node->args[k], f->at };

			if (is_pointer(node, i) && !is_pointer(node, k))
				found = acquire_of_range(f, &range);
		}
	return found;
}

/* The variable is 0 at first, and else only what the loop adds to it. */
static bool counts_up(const struct filling *f, const struct expr *variable)
{
	g_autoptr(GArray) defs = ir_reaching_defs(f->function, f->at, variable, IR_EDGES_CONTROL);
	bool zero = false;

	for (guint i = 0; i < defs->len; i++) {
		const struct ir_node *def = &f->function->nodes[g_array_index(defs, int, i)];

		if (def->kind != IR_SET ||
		    (def->op == IR_OP_ASSIGN && !expr_is_number(def->rhs, 0)))
			return false;
		zero |= def->op == IR_OP_ASSIGN;
	}
	return zero;
}

/* The rest of an index whose variable is 0: k of (k + i); NULL for another form. */
static const struct expr *without(const struct filling *f, const struct expr *index,
				  const struct expr *variable)
{
	if (index == variable)
		return expr_number(f->cfg->pool, 0);
	if (index->op != EXPR_ADD || (index->a != variable && index->b != variable))
		return NULL;
	return index->a == variable ? index->b : index->a;
}

/* for (i = 0; i < count; i++) release(pages[k + i]) */
static int acquire_of_loop(const struct filling *f)
{
	const struct ir_node *node = &f->function->nodes[f->at], *test;
	int head = node->arg_count ? ir_loop_around(f->function, f->at) : -1;
	struct entry_range range;

	if (head < 0 || node->args[0]->op != EXPR_INDEX)
		return 0;
	test = &f->function->nodes[head + 1];
	if (test->kind != IR_TEST || test->op != IR_OP_LT || test->lhs->op != EXPR_LOCAL ||
	    !counts_up(f, test->lhs))
		return 0;
	range = (struct entry_range){ expr_base(node->args[0]),
				without(f, node->args[0]->b, test->lhs), test->rhs, head + 1 };
	return range.offset ? acquire_of_range(f, &range) : 0;
}

int sibling_counted(const struct graph *graph, const struct cfg *cfg,
		    const struct call_info *release)
{
	struct filling f = { graph, cfg, cfg_function(cfg, release->function), release, -1, NULL };
	int found;

	f.at = f.function ? cfg_call_node(f.function, release->id) : -1;
	if (f.at < 0)
		return 0;
	found = acquire_of_arguments(&f);
	return found ? found : acquire_of_loop(&f);
}

bool sibling_overwrites(const struct graph *graph, const struct cfg *cfg, const GPtrArray *feeds,
			const struct page_source *feed, const struct call_info *release)
{
	g_autofree bool *marks = NULL;
	struct filling f;
	bool any = false;
	int to;

	if (feed->kind != FEED_ACQUIRE || feed->call->node != release->node ||
	    feed->call->function != release->function ||
	    !filling_of(&f, graph, cfg, feed->call))
		return false;
	to = cfg_call_node(f.function, release->id);
	marks = overwriting_nodes(&f, feeds, &any);
	return any && to >= 0 &&
	       !ir_leads_around(f.function, f.at, to, marks, IR_EDGES_PASS_BY);
}
