// SPDX-License-Identifier: GPL-2.0-only
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
 * The entry is a symbolic index, which is rewritten as its variable counts up or down by one.
 */

void hole_begin(const struct path_engine *engine, struct path_state *state,
		const struct call_outcome *outcome)
{
	const struct function *function = engine->function;
	const struct expr *pages = function_pages(function, state->node);
	const struct expr *index = pages ? expr_offset(engine->pool, pages) : NULL;

	state->hole_base = state->hole_index = NULL;
	if (outcome->ownership != OWNERSHIP_NONE || !expr_is_name(index) || index->unknown ||
	    !function_has_role(function, state->node, ROLE_ACQUIRE))
		return;
	state->hole_base = expr_base(pages);
	state->hole_index = index;
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
	if (!state->hole_base || !state->hole_index)
		state->hole_base = state->hole_index = NULL;
}

/* Something that is no release is given the array, or an entry of it. */
void hole_call(const struct path_engine *engine, struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);

	for (int i = 0; state->hole_base && i < call->arg_count; i++)
		if (expr_base(call->args[i]) == state->hole_base)
			state->hole_base = state->hole_index = NULL;
}

static bool is_the_entry(const struct path_state *state, const struct expr *pages)
{
	const struct expr *entry = pages ? expr_without_address(pages) : NULL;

	return entry && entry->op == EXPR_INDEX && entry->a == state->hole_base &&
	       entry->b == state->hole_index;
}

/* unpin_user_pages(pages, i + 1) */
static bool is_one_too_many(const struct path_engine *engine, const struct path_state *state,
			    const struct expr *pages, const struct expr *count)
{
	return count && pages == state->hole_base &&
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
						   is_one_too_many(engine, state, pages, count))
		engine_wrong(engine, state, EVENT_UNFILLED);
}

/* "for (j = 0; j <= i; j++)" releases each entry. */
void hole_loop(struct path_engine *engine, struct path_state *state, const struct range *range,
	       const struct ir_node *test)
{
	if (state->hole_base && test->op == IR_OP_LE && test->rhs == state->hole_index &&
	    range->base == state->hole_base && expr_is_number(range->from, 0))
		engine_wrong(engine, state, EVENT_UNFILLED);
}
