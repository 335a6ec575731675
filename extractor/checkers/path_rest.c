// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/dominators.h"
#include "cfg/natural_loops.h"
#include "checkers/expr_query.h"
#include "checkers/path_state.h"

/*
 * Pages that go away one by one. A round of a loop that hands its own entry on leaves the others
 * here: they are all gone when the loop has come to its end, but not where it is left because
 * something has failed.
 *
 *	for (i = 0; i < n; i++)
 *		if (add(table, pages[i]) < 0)
 *			return -ENOMEM;		the pages behind i are lost
 */

bool rest_may_fail(const struct path_engine *engine, int call)
{
	return function_node(engine->function, call)->kind == IR_CALL &&
	       !function_has_role(engine->function, call, ROLE_RELEASE) &&
	       liveness_matters(engine->liveness, expr_result(engine->pool, call));
}

/* The place is given an entry in this loop. */
static bool is_given_entry(const struct path_engine *engine, const struct path_state *state,
			   int head, const struct expr *place)
{
	for (int i = head + 1; i < function_node(engine->function, head)->no; i++) {
		const struct ir_node *node = function_node(engine->function, i);

		if (node_sets(node, place) && node->op == IR_OP_ASSIGN &&
		    expr_is_element(node->rhs) && state_names_pages(state, node->rhs))
			return true;
	}
	return false;
}

/* pages[i], or a variable or object that this loop gives one. */
static bool is_entry(const struct path_engine *engine, const struct path_state *state, int head,
		     const struct expr *e)
{
	const struct expr *object = expr_without_address(e);

	if (expr_is_element(e))
		return state_names_pages(state, e);
	for (int i = 0; i < state->place_count; i++)
		if (expr_extends(state->places[i], object) &&
		    is_given_entry(engine, state, head, state->places[i]))
			return true;
	return false;
}

int rest_loop_of_entry(const struct path_engine *engine, const struct path_state *state)
{
	const struct ir_node *node = state_node(engine, state);
	int start = engine->result->query.start, entries = 0;
	int head = ir_loop_around(engine->function->ir, state->node);

	if (head < 0 || !start || state->taken_from ||
	    ir_in_loop(engine->function->ir, head, start))
		return -1;
	if (node->kind == IR_SET)
		return node->rhs && is_entry(engine, state, head, node->rhs) ? head : -1;
	for (int i = 0; node->kind == IR_CALL && i < node->arg_count; i++) {
		if (is_entry(engine, state, head, node->args[i]))
			entries++;
		else if (state_names_pages(state, node->args[i]))
			return -1;
	}
	return entries ? head : -1;
}

/* The variables that have the entry: it is no page of this function's any more. */
static void drop_entries(const struct path_engine *engine, const struct path_state *before,
			 struct path_state *next)
{
	for (int i = before->place_count - 1; i >= 0; i--)
		if (is_given_entry(engine, before, next->handing, before->places[i]))
			state_drop_place(next, before->places[i]);
}

/* A called function releases the entry, one that may fail: not all of them. */
static bool releases_entry(const struct path_engine *engine, const struct path_state *before,
			   const struct path_state *next)
{
	return next->ownership == OWNERSHIP_RELEASED && rest_may_fail(engine, before->node);
}

void rest_push(const struct path_engine *engine, const struct path_state *before,
	       struct path_state *next)
{
	const struct ir_function *ir = engine->function->ir;

	if (engine->owned && next->handing < 0 && !next->taken_from &&
	    (next->ownership == OWNERSHIP_ESCAPED || releases_entry(engine, before, next))) {
		next->handing = rest_loop_of_entry(engine, before);
		if (next->handing >= 0) {
			next->ownership = OWNERSHIP_OWNED;
			next->failing = false;
			drop_entries(engine, before, next);
		}
	}
	if (next->handing < 0)
		return;
	if (next->node == next->handing)
		next->failing = false;
	if (next->ownership == OWNERSHIP_OWNED && ir_in_loop(ir, next->handing, next->node))
		return;
	if (next->ownership == OWNERSHIP_OWNED && next->node != next->handing) {
		next->rest = next->failing &&
			     before->node != loop_first_test(engine->function, next->handing);
		if (!next->rest)
			next->ownership = OWNERSHIP_ESCAPED;
		next->handing = -1;
	}
}

void rest_return(struct path_state *state)
{
	if (state->handing < 0 || state->ownership != OWNERSHIP_OWNED)
		return;
	state->rest = state->failing;
	if (!state->rest)
		state->ownership = OWNERSHIP_ESCAPED;
}

/* The variable is what a call in this loop has returned. */
static bool is_of_call(const struct function *function, int head, const struct expr *e)
{
	for (int i = head + 1; i < function_node(function, head)->no; i++)
		if (node_sets(function_node(function, i), e) &&
		    expr_result_node(function_node(function, i)->rhs) > head)
			return true;
	return expr_result_node(e) > head;
}

void rest_test(const struct path_engine *engine, struct path_state *next,
	       const struct ir_node *test)
{
	struct value value = env_value(&next->env, test->lhs);

	if (next->handing < 0 || !expr_is_name(test->lhs) ||
	    !is_of_call(engine->function, next->handing, test->lhs))
		return;
	if (test->type == IR_TYPE_POINTER)
		next->failing |= !(value.signs & SIGN_POS);
	else if (test->type == IR_TYPE_SIGNED)
		next->failing |= value.signs & SIGN_NEG && !(value.signs & SIGN_ZERO);
}

bool rest_is_told(const struct path_engine *engine, const struct path_state *state, bool outcome)
{
	const struct ir_node *test = state_node(engine, state);

	if (!state->rest || state->ownership != OWNERSHIP_OWNED || test->op == IR_OP_EQ ||
	    test->op == IR_OP_NE || test->rhs->op == EXPR_NUMBER)
		return false;
	for (int i = 0; i < engine->function->ir->count; i++) {
		int releasing;

		if (!function_releases(engine->function, i) ||
		    !state_names_pages(state, function_pages(engine->function, i)))
			continue;
		releasing = ir_deciding_outcome(engine->function->ir, state->node, i);
		if (releasing >= 0)
			return releasing != outcome;
	}
	return false;
}
