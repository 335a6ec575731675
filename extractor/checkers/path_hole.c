// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/natural_loops.h"
#include "checkers/expr_query.h"
#include "checkers/path_state.h"

/*
 * The entry of an array that an acquire was to fill and has not: the round of a loop that failed.
 *
 *	for (i = 0; i < n; i++)
 *		if (pin_user_pages_fast(addr, 1, 0, &pages[i]) != 1)
 *			goto fail;
 *	fail:
 *	for (; i >= 0; i--)
 *		unpin_user_page(pages[i]);
 *
 * Or the rest of an array, which an acquire fills in rounds, as far as it gives pages:
 *
 *	while (done < n) {
 *		got = pin_user_pages_fast(addr, n - done, 0, pages + done);
 *		if (got < 0) {
 *			unpin_user_pages(pages, n);
 *
 * The entry is a symbolic index, which is rewritten as its variable counts up or down by one. So is
 * one that a round has released by itself, and that a loop behind comes to again.
 */

/* The value that a variable of this round was given, or the expression itself. */
static const struct expr *value_in_round(const struct function *function, int node,
					 const struct expr *e)
{
	int head = ir_loop_around(function->ir, node);

	for (int i = node - 1; expr_is_name(e) && head >= 0 && i > head; i--)
		if (node_sets(function_node(function, i), e) &&
		    ir_is_straight(function->ir, i, node))
			return function_node(function, i)->op == IR_OP_ASSIGN ?
				function_node(function, i)->rhs : e;
	return e;
}

/* n of the request (n - index), or NULL. */
static const struct expr *end_requested(const struct function *function, int node,
					const struct expr *index)
{
	const struct expr *count = function_count(function, node);

	count = count ? value_in_round(function, node, count) : NULL;
	return count && count->op == EXPR_SUB && count->b == index && !count->unknown ? count->a :
											NULL;
}

void hole_begin(const struct path_engine *engine, struct path_state *state,
		const struct call_outcome *outcome)
{
	const struct function *function = engine->function;
	const struct expr *given = function_pages(function, state->node);
	const struct expr *pages = given ? value_in_round(function, state->node, given) : NULL;
	const struct expr *index = pages ? expr_offset(engine->pool, pages) : NULL;

	state->hole_base = state->hole_index = state->hole_end = NULL;
	state->hole_released = false;
	if (outcome->ownership != OWNERSHIP_NONE || !expr_is_name(index) || index->unknown ||
	    !function_has_role(function, state->node, ROLE_ACQUIRE))
		return;
	state->hole_base = expr_base(pages);
	state->hole_index = index;
	state->hole_end = end_requested(function, state->node, index);
}

/* "page", which this round has set to pages[i], stands for that entry. */
static const struct expr *entry_named(const struct function *function, int node,
				      const struct expr *e)
{
	int head = ir_loop_around(function->ir, node);

	for (int i = node - 1; expr_is_name(e) && head >= 0 && i > head; i--)
		if (node_sets(function_node(function, i), e))
			return function_node(function, i)->op == IR_OP_ASSIGN ?
				function_node(function, i)->rhs : NULL;
	return expr_without_address(e);
}

/* The entry among what the call is given, or NULL. */
static const struct expr *entry_given(const struct path_engine *engine,
				      const struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);

	for (int i = 0; i < call->arg_count; i++) {
		const struct expr *entry = entry_named(engine->function, state->node,
						       call->args[i]);

		if (entry && entry->op == EXPR_INDEX && !entry->unknown &&
		    !expr_is_of_result(entry))
			return entry;
	}
	return NULL;
}

void hole_released(const struct path_engine *engine, struct path_state *state)
{
	const struct expr *count = function_count(engine->function, state->node);
	const struct expr *entry = entry_given(engine, state);

	if (state->hole_base || !entry || !expr_is_name(entry->b) || state->extra_reference ||
	    (count && !expr_is_number(count, 1)))
		return;
	state->hole_base = entry->a;
	state->hole_index = entry->b;
	state->hole_end = NULL;
	state->hole_released = true;
}

bool hole_given_again(const struct path_engine *engine, const struct path_state *state)
{
	const struct expr *entry = state->hole_base && state->hole_released ?
		entry_given(engine, state) : NULL;
	const struct function *callee = engine->function->callees[state->node];

	return entry && entry->a == state->hole_base && entry->b == state->hole_index && callee &&
	       state->release_node > 0 &&
	       engine->function->callees[state->release_node] == callee &&
	       state->release_node != state->node && !state->extra_reference;
}

/* The entry is released all the same. */
static void report_hole(struct path_engine *engine, struct path_state *state)
{
	if (!state->hole_released) {
		engine_wrong(engine, state, EVENT_UNFILLED);
	} else if (state->ownership == OWNERSHIP_RELEASED && !state->extra_reference &&
		   state->release_node != state->node) {
		engine_event(engine, state, EVENT_DOUBLE, state->release_node);
		state->ownership = OWNERSHIP_ESCAPED;
	}
}

static bool is_by_one(const struct ir_node *set)
{
	return (set->op == IR_OP_ADD_ASSIGN || set->op == IR_OP_SUB_ASSIGN) &&
	       expr_is_number(set->rhs, 1);
}

/* The index in terms of the variable's new value; NULL when it is further away than one. */
static const struct expr *index_after(struct expr_pool *pool, const struct expr *index,
				      const struct ir_node *set)
{
	bool up = set->op == IR_OP_ADD_ASSIGN;
	const struct expr *one = expr_number(pool, 1);

	if (index == set->lhs)
		return expr_binary(pool, up ? EXPR_SUB : EXPR_ADD, set->lhs, one);
	if (index == expr_binary(pool, up ? EXPR_ADD : EXPR_SUB, set->lhs, one))
		return set->lhs;
	return NULL;
}

void hole_set(struct path_engine *engine, struct path_state *state, const struct ir_node *set)
{
	if (!state->hole_base || set->op == IR_OP_DECLARE)
		return;
	if (expr_base(set->lhs) == state->hole_base || expr_contains(state->hole_base, set->lhs))
		state->hole_base = NULL;
	else if (expr_contains(state->hole_index, set->lhs))
		state->hole_index = is_by_one(set) ?
			index_after(engine->pool, state->hole_index, set) : NULL;
	if (state->hole_end && expr_contains(state->hole_end, set->lhs))
		state->hole_end = NULL;
	if (!state->hole_base || !state->hole_index)
		state->hole_base = state->hole_index = state->hole_end = NULL;
}

/* Something that releases nothing is given the array, or an entry of it. */
void hole_call(struct path_engine *engine, struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);

	for (int i = 0; state->hole_base && i < call->arg_count; i++)
		if (expr_base(call->args[i]) == state->hole_base && !state->hole_released &&
		    !(state->hole_end && callee_may_release(engine, state->node)))
			state->hole_base = state->hole_index = state->hole_end = NULL;
}

static bool is_the_entry(const struct path_state *state, const struct expr *pages)
{
	const struct expr *entry = pages ? expr_without_address(pages) : NULL;

	return entry && entry->op == EXPR_INDEX && entry->a == state->hole_base &&
	       entry->b == state->hole_index;
}

/* unpin_user_pages(pages, i + 1), or all that were requested */
static bool is_too_many(const struct path_engine *engine, const struct path_state *state,
			    const struct expr *pages, const struct expr *count)
{
	if (!count || pages != state->hole_base)
		return false;
	return (!state->hole_released && count == state->hole_end) ||
	       count == expr_binary(engine->pool, EXPR_ADD, state->hole_index,
				    expr_number(engine->pool, 1));
}

void hole_release(struct path_engine *engine, struct path_state *state)
{
	const struct expr *pages = function_pages(engine->function, state->node);
	const struct expr *count = function_count(engine->function, state->node);

	if (!state->hole_base || !function_is_plain_release(engine->function, state->node))
		return;
	if ((!count || expr_is_number(count, 1)) ? is_the_entry(state, pages) :
						   is_too_many(engine, state, pages, count))
		report_hole(engine, state);
}

/* Each round of the loop around the first release has found its number to be less than that. */
static bool is_bound(const struct function *function, const struct expr *index,
		     const struct expr *bound)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *test = function_node(function, i);

		if (test->kind == IR_TEST && test->op == IR_OP_LT && test->lhs == index &&
		    test->rhs == bound)
			return true;
	}
	return false;
}

/* All entries are, or those from that one on. */
static bool loop_comes_to(const struct path_engine *engine, const struct path_state *state,
			  const struct range *range)
{
	return range->from == state->hole_index ||
	       (expr_is_number(range->from, 0) && range->to &&
		is_bound(engine->function, state->hole_index, range->to));
}

/* All up to the entry and further, or those from it on, which was not filled. */
static bool loop_comes_to_hole(const struct path_state *state, const struct range *range,
			       const struct ir_node *test)
{
	bool from_start = expr_is_number(range->from, 0);

	if (test->rhs == state->hole_index)
		return from_start && test->op == IR_OP_LE;
	if (state->hole_released || !range->to)
		return false;
	return (from_start && range->to == state->hole_end) || range->from == state->hole_index ||
	       (!range->from && test->lhs == state->hole_index);
}

void hole_range(struct path_engine *engine, struct path_state *state, const struct range *range)
{
	if (state->hole_base && !state->hole_released && state->hole_end &&
	    range->base == state->hole_base && expr_is_number(range->from, 0) &&
	    range->to == state->hole_end)
		report_hole(engine, state);
}

/* "for (j = 0; j <= i; j++)" releases each entry. */
void hole_loop(struct path_engine *engine, struct path_state *state, const struct range *range,
	       const struct ir_node *test)
{
	if (!state->hole_base || range->base != state->hole_base)
		return;
	if (loop_comes_to_hole(state, range, test) ||
	    (state->hole_released && loop_comes_to(engine, state, range)))
		report_hole(engine, state);
}
