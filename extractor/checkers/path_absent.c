// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"
#include "cfg/natural_loops.h"
#include "checkers/acquire_model.h"
#include "checkers/allocation.h"
#include "checkers/expr_query.h"
#include "checkers/path_state.h"

/*
 * Pages that did not come: the acquire has failed or given nothing, and what it would have filled
 * is released all the same.
 *
 * Only at the first acquire of a path, from the beginning of an array, and while nothing else on
 * the path may have stored pages there.
 */

/* -- where the pages would be -- */

static bool is_direct(const struct path_engine *engine)
{
	return function_has_role(engine->function, engine->result->query.start, ROLE_ACQUIRE);
}

static bool is_lockless(const struct path_engine *engine)
{
	return acquire_is_lockless(engine->function, engine->result->query.start);
}

/*
 * None of one page. Most acquires do not give 0 then, but where its author has set the variable to
 * NULL before, one may well come to that.
 */
static bool is_none_of_one(const struct path_engine *engine, const struct call_outcome *outcome)
{
	return outcome->ownership == OWNERSHIP_NONE && outcome->result.signs == SIGN_ZERO &&
	       is_direct(engine) && !is_lockless(engine) &&
	       expr_is_number(engine->result->query.request, 1);
}

/* The variable is NULL, and nothing else is put there before the call. */
static bool is_null_before(const struct path_engine *engine, const struct expr *place)
{
	const struct ir_function *ir = engine->function->ir;
	int start = engine->result->query.start;
	bool null = false;

	for (int i = 0; i < ir->count; i++) {
		if (!node_sets(&ir->nodes[i], place) || ir->nodes[i].op == IR_OP_DECLARE ||
		    !ir_reaches(ir, i, start, -1))
			continue;
		if (!expr_is_number(ir->nodes[i].rhs, 0))
			return false;
		null = true;
	}
	return null;
}

/*
 * An errno. 0 is what most acquires give for a request of 0 only, and a helper for its own ends;
 * but for those that give up.
 */
static bool is_failure(const struct path_engine *engine, const struct call_outcome *outcome)
{
	return outcome->ownership == OWNERSHIP_NONE &&
	       (outcome->result.signs == SIGN_NEG ||
		(outcome->result.signs == SIGN_ZERO && is_lockless(engine)));
}

/* How many calls down an acquire is looked for. */
#define ACQUIRE_DEPTH 2

/* It only drops pages; a function that acquires may drop what it has got, where it fails. */
static bool call_only_drops(struct path_engine *engine, int node)
{
	return callee_may_release(engine, node) &&
	       (engine->result->query.kind != QUERY_BEFORE ||
		!function_acquires(engine->function->callees[node], ACQUIRE_DEPTH));
}

/* A call that is given the array, and is none of those that only look at it or drop it. */
static bool call_may_fill(struct path_engine *engine, int node, const struct expr *array)
{
	const struct function *function = engine->function;
	const struct ir_node *call = function_node(function, node);
	bool given = false;

	for (int i = 0; i < call->arg_count; i++)
		given |= expr_base(call->args[i]) == array ||
			 expr_extends(array, expr_without_address(call->args[i]));
	return given && !function_has_role(function, node, ROLE_RELEASE) &&
	       !function_has_role(function, node, ROLE_USE) &&
	       !function_known(function, node, KNOW_FREE) &&
	       !function_known(function, node, KNOW_PRINT) && !call_only_drops(engine, node);
}

/* The call fills the array from its start, and nothing that may come before fills it. */
static bool is_only_filler(struct path_engine *engine, const struct expr *array)
{
	const struct function *function = engine->function;
	int start = engine->result->query.start;
	const struct ir_node *call = function_node(function, start);

	for (int i = 0; i < call->arg_count; i++) {
		const struct expr *given = call->args[i];

		if (expr_base(given) == array &&
		    !expr_is_number(expr_offset(engine->pool, given), 0))
			return false;
		if (!is_direct(engine) &&
		    ((given->op == EXPR_ADDRESS && given->a == array) ||
		     expr_is_within(array, expr_without_address(given))))
			return false;	/* a helper may have set it to NULL */
	}
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);
		bool fills = node->kind == IR_CALL ? i != start && call_may_fill(engine, i, array) :
			     node->kind == IR_SET && node->lhs != array &&
			     expr_base(node->lhs) == array && !expr_is_number(node->rhs, 0);

		if (fills && ir_reaches(function->ir, i, start, -1))
			return false;
	}
	return true;
}

void absent_begin(struct path_engine *engine, struct path_state *state,
		  const struct call_outcome *outcome, const struct path_state *before)
{
	const GArray *outcomes = engine->result->query.outcomes;
	bool none = is_none_of_one(engine, outcome);

	state->fewer = state->nothing = false;
	if (before->nothing)
		state->place_count = 0;
	if ((!is_failure(engine, outcome) && !none) || state->place_count ||
	    (before->started && !before->nothing))
		return;
	for (guint i = 0; i < outcomes->len; i++) {
		const struct call_outcome *good = &g_array_index(outcomes, struct call_outcome, i);

		for (int p = 0; good->ownership == OWNERSHIP_OWNED && p < good->place_count; p++) {
			const struct expr *place = good->places[p];

			if (expr_is_of_result(place) || !is_only_filler(engine, place) ||
			    (none && !is_null_before(engine, place)))
				continue;
			state_add_place(state, place);
			if (is_direct(engine) && !is_lockless(engine))	/* it wrote nothing there */
				env_set(&state->env, place, env_value(&before->env, place));
		}
	}
	state->nothing = state->place_count > 0;
}

/* The variable gets NULL or new memory: still there is no page. */
static bool keeps_nothing(const struct path_engine *engine, const struct path_state *state,
			  const struct ir_node *set)
{
	return engine->result->query.kind == QUERY_BEFORE && set->op == IR_OP_ASSIGN &&
	       (expr_is_number(set->rhs, 0) || node_gives_memory(engine->function, state->node));
}

/* The object is a new one, whatever another one of that name had: it has no pages. */
static void begin_object(const struct path_engine *engine, struct path_state *state,
			 const struct ir_node *set)
{
	const struct call_outcome *entry;

	if (engine->result->query.kind != QUERY_BEFORE || set->op != IR_OP_ASSIGN ||
	    !node_gives_memory(engine->function, state->node))
		return;
	entry = &g_array_index(engine->result->query.outcomes, struct call_outcome, 0);
	for (int p = 0; p < entry->place_count; p++)
		if (expr_is_within(entry->places[p], set->lhs)) {
			state_add_place(state, entry->places[p]);
			state->ownership = OWNERSHIP_NONE;
			state->nothing = true;
		}
}

void absent_set(struct path_engine *engine, struct path_state *state,
		const struct ir_node *set)
{
	const struct expr *lhs = set->lhs;
	bool names = state->nothing && set->op == IR_OP_ASSIGN &&
		     state_names_pages(state, set->rhs);

	if (set->op == IR_OP_DECLARE)
		return;
	if (state->nothing && is_direct(engine) && !is_lockless(engine))
		unwritten_set(engine, state, set);
	for (int p = state->nothing ? state->place_count - 1 : -1; p >= 0; p--)
		if ((expr_contains(state->places[p], lhs) || expr_base(lhs) == state->places[p]) &&
		    !(state->places[p] == lhs && keeps_nothing(engine, state, set)))
			state_drop_place(state, state->places[p]);
	if (names && !lhs->unknown)
		state_add_place(state, expr_base(lhs));
	state->nothing &= state->place_count > 0;
	begin_object(engine, state, set);
}

/*
 * "if (obj->pages)", and nothing is known of it: where there are none, it may well be NULL, so that
 * what depends on it is no fault. A variable of the acquire's own function has been given no page.
 */
void absent_test(const struct path_engine *engine, struct path_state *state,
		 const struct ir_node *test, bool outcome)
{
	if (!state->nothing || !state_has_place(state, test->lhs) ||
	    !expr_is_number(test->rhs, 0) || test->op != (outcome ? IR_OP_NE : IR_OP_EQ) ||
	    (is_direct(engine) && expr_is_name(test->lhs)))
		return;
	state_drop_place(state, test->lhs);
	state->nothing = state->place_count > 0;
}

/* -- releases -- */

/* It is more than 0 for sure. */
static bool is_some(const struct path_engine *engine, const struct path_state *state,
		    const struct expr *count)
{
	struct value value = state_argument(engine, state, count);

	for (int p = 0; p < state->place_count; p++)
		if (function_allocates_entries(engine->function, state->places[p], count))
			return true;	/* it has room for some */
	return value.relation == REL_REQUEST || value.signs == SIGN_POS;
}

void absent_release(struct path_engine *engine, struct path_state *state)
{
	const struct function *function = engine->function;
	const struct expr *pages = function_pages(function, state->node);
	const struct expr *count = function_count(function, state->node);

	if (!state->nothing || !state_names_pages(state, pages) ||
	    !function_is_plain_release(function, state->node) ||
	    env_value(&state->env, pages).signs == SIGN_ZERO)
		return;
	if (count ? !is_some(engine, state, count) :
		    ir_loop_around(function->ir, state->node) !=
		    ir_loop_around(function->ir, engine->result->query.start))
		return;
	engine_wrong(engine, state, EVENT_UNFILLED);
	state->nothing = false;
}

void absent_loop(struct path_engine *engine, struct path_state *state, const struct range *range)
{
	if (!state->nothing || !state_has_place(state, range->base) ||
	    !is_some(engine, state, range->to))
		return;
	engine_wrong(engine, state, EVENT_UNFILLED);
	state->nothing = false;
}

bool absent_range(const struct path_engine *engine, const struct path_state *state,
		  const struct range *range)
{
	int start = engine->result->query.start;
	const struct ir_node *call = function_node(engine->function, start);
	struct value count = env_value(&state->env, range->to);

	if (!start || !range->base || !expr_is_number(range->from, 0) ||
	    (count.relation != REL_SHORT && count.relation != REL_FULL))
		return false;
	for (int i = 0; i < call->arg_count; i++) {
		const struct expr *offset = expr_base(call->args[i]) == range->base ?
			expr_offset(engine->pool, call->args[i]) : NULL;

		if (offset && !offset->unknown)
			return env_value(&state->env, offset).signs != SIGN_ZERO;
	}
	return false;
}

void absent_offset(struct path_engine *engine, const struct path_state *state)
{
	const struct function *function = engine->function;
	const struct expr *pages = function_pages(function, state->node);
	const struct expr *count = function_count(function, state->node);
	const struct expr *filled = function_pages(function, engine->result->query.start);
	struct value came = count ? env_value(&state->env, count) : value_any();
	const struct expr *offset;

	if (!pages || !filled || state->ownership != OWNERSHIP_OWNED ||
	    (came.relation != REL_SHORT && came.relation != REL_FULL))
		return;
	offset = expr_offset(engine->pool, pages);
	if (expr_base(pages) == expr_base(filled) && offset->op == EXPR_NUMBER &&
	    offset->number > 0 && expr_is_number(expr_offset(engine->pool, filled), 0))
		engine_wrong(engine, state, EVENT_RANGE);
}

void absent_call(struct path_engine *engine, struct path_state *state)
{
	if (state->nothing && is_direct(engine) && !is_lockless(engine))
		unwritten_call(engine, state);
	for (int p = state->nothing ? state->place_count - 1 : -1; p >= 0; p--)
		if (call_may_fill(engine, state->node, state->places[p]))
			state_drop_place(state, state->places[p]);
	state->nothing &= state->place_count > 0;
}
