// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cfg/reaching_defs.h"
#include "link/released_before.h"
#include "link/taken_here.h"

/**
 * struct taking - a release under question
 * @at: its node in @function
 * @page: what it releases
 */
struct taking {
	const struct graph *graph;
	const struct cfg *cfg;
	const struct ir_function *function;
	int at;
	const struct expr *page;
};

/* The nodes of a function with a mark on some: a path may not enter these. */
typedef bool mark_fn(const struct taking *t, const struct ir_node *node);

static bool is_call_of(const struct taking *t, const struct ir_node *node, bool given)
{
	unsigned int details = node->callee ?
		knowledge_details(t->graph->knowledge, KNOW_REF, node->callee) : 0;

	return node->kind == IR_CALL && node->callee &&
	       knowledge_has(t->graph->knowledge, KNOW_REF, node->callee) &&
	       given == !!(details & KNOWN(GIVEN));
}

/* get_page(page) */
static bool takes_page(const struct taking *t, const struct ir_node *node)
{
	return is_call_of(t, node, false) && node->arg_count && node->args[0] == t->page;
}

/* page_remove_rmap(...): a page table's reference of some page is there to be dropped. */
static bool gives_mapping(const struct taking *t, const struct ir_node *node)
{
	return is_call_of(t, node, true);
}

/* get_page(page), or page = NULL: from there on it has a reference or is none. */
static bool takes_or_clears(const struct taking *t, const struct ir_node *node)
{
	return takes_page(t, node) ||
	       (node->kind == IR_SET && node->op == IR_OP_ASSIGN && node->lhs == t->page &&
		expr_is_number(node->rhs, 0));
}

/* A path of one edge or more leads from one node to another, and enters no marked one before it. */
static bool leads_around(const struct taking *t, int from, int to, mark_fn *mark)
{
	g_autofree bool *marks = g_new0(bool, t->function->count);

	for (int i = 0; i < t->function->count; i++)
		marks[i] = mark(t, &t->function->nodes[i]);
	return ir_leads_around(t->function, from, to, marks, IR_EDGES_CONTROL);
}

/* Every path to the node has taken a reference, which no other release has dropped by then. */
static bool is_covered(const struct taking *t, int at, mark_fn *mark)
{
	if (leads_around(t, 0, at, mark))
		return false;
	for (int i = 0; i < t->function->count; i++)
		if (releases_page(t->graph, &t->function->nodes[i], t->page) &&
		    leads_around(t, i, at, mark))
			return false;
	return true;
}

/* The last call before the release, by its number, that takes a reference; -1 for none. */
static int taker_before(const struct taking *t, mark_fn *mark)
{
	int found = -1;

	for (int i = 0; i < t->function->count; i++)
		if (mark(t, &t->function->nodes[i]) && (found < 0 || i < t->at))
			found = i;
	return found;
}

/* No other value is put into the variable between the call that takes and the release. */
static bool keeps_value(const struct taking *t, int taker)
{
	g_autoptr(GArray) then = ir_reaching_defs(t->function, taker, t->page, IR_EDGES_CONTROL);
	g_autoptr(GArray) now = ir_reaching_defs(t->function, t->at, t->page, IR_EDGES_CONTROL);

	for (guint i = 0; i < now->len; i++) {
		bool found = false;

		for (guint k = 0; k < then->len; k++)
			found |= g_array_index(then, int, k) == g_array_index(now, int, i);
		if (!found)
			return false;
	}
	return true;
}

static struct reason *node_reason(const struct taking *t, int node)
{
	return reason_new(REASON_TAKEN_HERE, "r",
			  reason_call(t->function->nodes[node].callee,
				      graph_path(t->graph, t->function->file),
				      t->function->nodes[node].line));
}

static struct reason *taken_by_call(const struct taking *t)
{
	int taker = taker_before(t, takes_page);

	if (taker >= 0 && is_covered(t, t->at, takes_page) && keeps_value(t, taker))
		return node_reason(t, taker);
	taker = taker_before(t, gives_mapping);
	if (taker >= 0 && is_covered(t, t->at, gives_mapping))
		return node_reason(t, taker);
	return NULL;
}

/* Every return gives a page that has a reference by then, or none; at least one gives a page. */
static bool returns_taken(const struct graph *graph, const struct cfg *cfg,
			  const struct ir_function *function)
{
	bool any = false;

	for (int i = 0; i < function->count; i++) {
		const struct expr *value = function->nodes[i].rhs;
		struct taking t = { graph, cfg, function, i, value };

		if (function->nodes[i].kind != IR_RETURN || !value || value->op == EXPR_NUMBER)
			continue;
		if (value->op != EXPR_LOCAL || taker_before(&t, takes_page) < 0 ||
		    !is_covered(&t, i, takes_or_clears))
			return false;
		any = true;
	}
	return any;
}

/* The one function of that name which the call can mean, as far as it has a graph. */
static const struct ir_function *callee_of(const struct taking *t, const struct ir_node *call)
{
	const struct function_info *found = NULL;

	for (guint i = 0; call->callee && i < t->graph->functions->len; i++) {
		const struct function_info *info = t->graph->functions->pdata[i];

		if (!g_str_equal(info->name, call->callee) ||
		    (info->is_static && info->file != t->function->file))
			continue;
		if (found)
			return NULL;
		found = info;
	}
	return found ? cfg_function(t->cfg, found->id) : NULL;
}

/* Where nothing but results of calls of one function is put into the page: such a call, or -1. */
static int only_result(const struct taking *t)
{
	g_autoptr(GArray) defs = ir_reaching_defs(t->function, t->at, t->page, IR_EDGES_CONTROL);
	int found = -1;

	for (guint i = 0; i < defs->len; i++) {
		const struct ir_node *def = &t->function->nodes[g_array_index(defs, int, i)];
		int call;

		if (def->kind != IR_SET || def->op != IR_OP_ASSIGN)
			return -1;
		if (expr_is_number(def->rhs, 0))
			continue;
		if (def->rhs->op != EXPR_RESULT)
			return -1;
		call = def->rhs->number;
		if (found >= 0 &&
		    t->function->nodes[found].callee != t->function->nodes[call].callee)
			return -1;
		found = call;
	}
	return found;
}

static struct reason *taken_by_callee(const struct taking *t)
{
	int call = only_result(t);
	const struct ir_function *callee = call < 0 ? NULL :
		callee_of(t, &t->function->nodes[call]);

	if (!callee || !returns_taken(t->graph, t->cfg, callee))
		return NULL;
	return node_reason(t, call);
}

/* Some part of the expression is the member of the page that lists are kept by. */
static bool has_link(const struct taking *t, const struct expr *e)
{
	if (!e)
		return false;
	if (expr_is_member(e) && e->a == t->page &&
	    knowledge_has(t->graph->knowledge, KNOW_LIST, e->name))
		return true;
	return has_link(t, e->a) || has_link(t, e->b);
}

/* list->next, or a variable that nothing else is put into */
static bool is_list_entry(const struct taking *t, int at, const struct expr *e, int depth)
{
	g_autoptr(GArray) defs = NULL;

	if (e->op == EXPR_SUB || e->op == EXPR_ADD)
		return is_list_entry(t, at, e->a, depth);
	if (expr_is_member(e))
		return g_str_equal(e->name, "next") || g_str_equal(e->name, "prev");
	if (e->op != EXPR_LOCAL || !depth)
		return false;
	defs = ir_reaching_defs(t->function, at, e, IR_EDGES_CONTROL);
	for (guint i = 0; i < defs->len; i++) {
		int node = g_array_index(defs, int, i);
		const struct ir_node *def = &t->function->nodes[node];

		if (def->kind != IR_SET || def->op != IR_OP_ASSIGN ||
		    !is_list_entry(t, node, def->rhs, depth - 1))
			return false;
	}
	return defs->len > 0;
}

/* list_for_each_entry(page, list, lru): its macro names the member in a test, or a step. */
static struct reason *taken_off_list(const struct taking *t)
{
	bool linked = false;

	for (int i = 0; i < t->function->count && !linked; i++)
		linked = has_link(t, t->function->nodes[i].lhs) ||
			 has_link(t, t->function->nodes[i].rhs);
	if (!linked || !is_list_entry(t, t->at, t->page, 4))
		return NULL;
	return reason_new(REASON_OFF_LIST, "s", t->page->name);
}

static struct reason *taken_reason(const struct graph *graph, const struct cfg *cfg,
				   const struct call_info *release)
{
	struct taking t = { graph, cfg, cfg_function(cfg, release->function) };
	struct reason *reason;

	t.at = t.function ? cfg_call_node(t.function, release->id) : -1;
	if (t.at < 0 || !t.function->nodes[t.at].arg_count)
		return NULL;
	t.page = t.function->nodes[t.at].args[0];
	if (t.page->op != EXPR_LOCAL)
		return NULL;
	reason = taken_by_call(&t);
	if (!reason)
		reason = taken_off_list(&t);
	return reason ? reason : taken_by_callee(&t);
}

/* The reference of an acquire in the function itself is another one, which is to be dropped too. */
static bool is_open(const struct pair *pair)
{
	return pair->kind != LINK_DECOY && pair->release->family == FAMILY_GET &&
	       (!pair->acquire || pair->acquire->function != pair->release->function);
}

void pairs_drop_taken(const struct graph *graph, const struct cfg *cfg, GPtrArray *pairs)
{
	g_autoptr(GPtrArray) open = g_ptr_array_new();

	for (guint i = 0; i < pairs->len; i++)
		if (is_open(pairs->pdata[i]))
			g_ptr_array_add(open, pairs->pdata[i]);
	for (guint i = 0; i < open->len; i++) {
		struct pair *pair = open->pdata[i];
		struct reason *reason = taken_reason(graph, cfg, pair->release);

		if (reason)
			pairs_dismiss(pairs, pair, LINK_DECOY, reason);
	}
}
