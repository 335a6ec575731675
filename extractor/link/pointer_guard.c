// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"
#include "link/caller_guard.h"
#include "link/pointer_guard.h"

/**
 * struct telling - the members of an object by which a release knows its pages
 * @page: the one that is released
 * @pointer: the one that is NULL there
 */
struct telling {
	const char *page;
	const char *pointer;
};

/* The release is on the outcome of a test on which another member of the object is NULL. */
static bool telling_of(struct telling *t, const struct cfg *cfg, const struct call_info *release)
{
	const struct ir_function *function = cfg_function(cfg, release->function);
	int at = function ? cfg_call_node(function, release->id) : -1;
	const struct expr *page = at < 0 || !function->nodes[at].arg_count ? NULL :
		function->nodes[at].args[0];
	g_autoptr(GArray) guards = page && expr_is_member(page) ? guards_of(function, at) : NULL;

	for (guint i = 0; guards && i < guards->len; i++) {
		const struct guard *guard = &g_array_index(guards, struct guard, i);
		const struct ir_node *test = &function->nodes[guard->test];

		if (test->type != IR_TYPE_POINTER || !expr_is_member(test->lhs) ||
		    test->lhs->a != page->a || test->lhs == page ||
		    !expr_is_number(test->rhs, 0) || (test->op == IR_OP_EQ) != guard->outcome)
			continue;
		*t = (struct telling){ page->name, test->lhs->name };
		return true;
	}
	return false;
}

static bool sets(const struct ir_node *node, const char *member)
{
	return node->kind == IR_SET && node->op == IR_OP_ASSIGN && expr_is_member(node->lhs) &&
	       node->lhs->name == member;
}

/* Some part of the expression is v->member. */
static bool goes_through(const struct expr *e, const struct expr *v)
{
	return e && ((e->op == EXPR_ARROW && e->a == v) || goes_through(e->a, v) ||
		     goes_through(e->b, v));
}

/* The function uses what the variable points to: it is not NULL. */
static bool is_object(const struct ir_function *function, const struct expr *v)
{
	for (int i = 0; v->op == EXPR_LOCAL && i < function->count; i++)
		if (goes_through(function->nodes[i].lhs, v) ||
		    goes_through(function->nodes[i].rhs, v))
			return true;
	return false;
}

/* object->buffer = buffer; object->page = page; or the reverse, without a branch between them */
static bool is_set_beside(const struct telling *t, const struct ir_function *function, int store)
{
	for (int i = 0; i < function->count; i++) {
		const struct ir_node *node = &function->nodes[i];

		if (sets(node, t->pointer) && node->lhs->a == function->nodes[store].lhs->a &&
		    is_object(function, node->rhs) &&
		    (ir_is_straight(function, i, store) || ir_is_straight(function, store, i)))
			return true;
	}
	return false;
}

/* The function clears the page on each path behind the node. */
static bool is_cleared_behind(const struct telling *t, const struct ir_function *function, int at)
{
	g_autofree bool *marks = g_new0(bool, function->count);

	for (int i = 0; i < function->count; i++)
		marks[i] = sets(&function->nodes[i], t->page) &&
			   expr_is_number(function->nodes[i].rhs, 0);
	for (int i = 0; i < function->count; i++)
		if (function->nodes[i].kind == IR_RETURN &&
		    ir_leads_around(function, at, i, marks, IR_EDGES_CONTROL))
			return false;
	return true;
}

/* Wherever the pointer may become NULL, there is no page any more. */
static bool stays_with_page(const struct telling *t, const struct cfg *cfg)
{
	for (guint f = 0; f < cfg->functions->len; f++) {
		const struct ir_function *function = cfg->functions->pdata[f];

		for (int i = 0; i < function->count; i++)
			if (sets(&function->nodes[i], t->pointer) &&
			    !is_object(function, function->nodes[i].rhs) &&
			    !is_cleared_behind(t, function, i))
				return false;
	}
	return true;
}

/* Each path to the store has set the pointer, or the node beside it does. */
static bool is_told(const struct telling *t, const struct ir_function *function, int store)
{
	g_autofree bool *marks = g_new0(bool, function->count);

	if (is_set_beside(t, function, store))
		return true;
	for (int i = 0; i < function->count; i++) {
		bool object = sets(&function->nodes[i], t->pointer) &&
			      function->nodes[i].lhs->a == function->nodes[store].lhs->a;

		if (object && !is_object(function, function->nodes[i].rhs))
			return false;
		marks[i] = object;
	}
	return !ir_leads_around(function, 0, store, marks, IR_EDGES_CONTROL);
}

/* Some path leads to the node from where the pages came in, if that is in the function. */
static bool arrives(const struct graph *graph, const struct ir_function *function,
		    const struct reached *step, int node)
{
	const struct function_info *at = graph_function_at(graph, step->file, step->line);
	bool any = false;

	for (int i = 0; at && at->id == function->id && i < function->count; i++) {
		if (function->nodes[i].line != step->line)
			continue;
		any = true;
		if (ir_leads(function, i, node, -1, IR_EDGES_CONTROL))
			return true;
	}
	return !any;
}

/* These pages go into a field by the store. */
static bool is_fed(const struct graph *graph, const struct page_source *feed,
		   const struct ir_function *function, int store)
{
	for (guint s = 0; s < feed->reach->steps->len; s++) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, s);
		const GArray *out = graph_node(graph, step->node)->out;

		for (guint i = 0; i < out->len; i++) {
			const struct edge *edge = &g_array_index(out, struct edge, i);

			if (edge->file == function->file &&
			    edge->line == function->nodes[store].line &&
			    graph_node(graph, edge->to)->kind == PLACE_FIELD &&
			    arrives(graph, function, step, store))
				return true;
		}
	}
	return false;
}

/* All stores of these pages into the member are with the pointer; there is one at least. */
static bool comes_with_pointer(const struct graph *graph, const struct cfg *cfg,
			       const struct telling *t, const struct page_source *feed)
{
	bool any = false;

	for (guint f = 0; f < cfg->functions->len; f++) {
		const struct ir_function *function = cfg->functions->pdata[f];

		for (int i = 0; i < function->count; i++) {
			const struct ir_node *node = &function->nodes[i];

			if (!sets(node, t->page) || expr_is_number(node->rhs, 0) ||
			    !is_fed(graph, feed, function, i))
				continue;
			if (!is_told(t, function, i))
				return false;
			any = true;
		}
	}
	return any;
}

bool pointer_keeps_away(const struct graph *graph, const struct cfg *cfg,
			const struct page_source *feed, const struct call_info *release)
{
	struct telling t;

	return telling_of(&t, cfg, release) && stays_with_page(&t, cfg) &&
	       comes_with_pointer(graph, cfg, &t, feed);
}
