// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"
#include "cfg/natural_loops.h"
#include "checkers/expr_query.h"
#include "checkers/path_state.h"

/*
 * Pages that replace others in an object: what is released is what the object had before.
 *
 *	put_page(object->pages[i]);
 *	object->pages[i] = pages[i];
 */

/* The pages, or what has them for a moment: pages ? pages[i] : NULL. */
static bool has_pages(const struct path_state *state, const struct function *function,
		      const struct expr *value)
{
	if (!value || value->op != EXPR_TEMP)
		return value && state_mentions_pages(state, value);
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);

		if (node->kind == IR_SET && node->lhs == value && node->rhs &&
		    state_mentions_pages(state, node->rhs))
			return true;
	}
	return false;
}

static bool is_of_object(const struct expr *e)
{
	while (e && (e->op == EXPR_INDEX || e->op == EXPR_MEMBER))
		e = e->a;
	return e && e->op == EXPR_ARROW;
}

bool release_is_of_replaced(const struct path_engine *engine, const struct path_state *state,
			    int release)
{
	const struct function *function = engine->function;
	const struct expr *pages = function_pages(function, release);
	int head = ir_loop_around(function->ir, release);

	if (!pages || !is_of_object(pages) || (head < 0 && state_names_pages(state, pages)))
		return false;
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);

		if (node->kind == IR_SET && node->op == IR_OP_ASSIGN && node->lhs == pages &&
		    ir_leads(function->ir, release, i, head, IR_EDGES_CONTROL) &&
		    has_pages(state, function, node->rhs))
			return true;
	}
	return false;
}
