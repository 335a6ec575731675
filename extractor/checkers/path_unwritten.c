// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/allocation.h"
#include "checkers/expr_query.h"
#include "checkers/path_state.h"

/*
 * An entry that an acquire has failed to fill is read: it was never written. Or the function
 * returns as if the pages were there, on a path that no test has kept from an acquire that failed.
 *
 *	ret = pin_user_pages_fast(start, 1, 0, pages);
 *	total += ret;
 *	slot->page = pages[0];
 *	return 0;
 */

/* A use of what is in the pages, or of where they are. */
static bool is_use_of_data(const struct function *function, int node)
{
	return function_has_role(function, node, ROLE_USE) &&
	       function->calls[node]->detail != DETAIL_STATE;
}

static bool uses_pages(const struct path_engine *engine, const struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);

	for (int i = 0; i < call->arg_count; i++)
		if (state_names_pages(state, call->args[i]))
			return true;
	return false;
}

/* The acquire was given the address of that one variable: "&page". */
static bool is_filled_by_address(const struct path_engine *engine, const struct expr *place)
{
	const struct ir_node *call = function_node(engine->function, engine->result->query.start);

	for (int i = 0; i < call->arg_count; i++)
		if (call->args[i]->op == EXPR_ADDRESS && call->args[i]->a == place)
			return true;
	return false;
}

/* "page = pages[0]" */
static bool is_name_of_entry(const struct function *function, const struct expr *name)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *set = function_node(function, i);

		if (node_sets(set, name) && set->op == IR_OP_ASSIGN && set->rhs->op == EXPR_INDEX)
			return true;
	}
	return false;
}

/* The value is an entry that nothing has been written to, not even NULL. */
static bool is_unwritten(const struct path_engine *engine, const struct path_state *state,
			 const struct expr *value)
{
	const struct expr *place = value ? expr_base(value) : NULL;

	return place && expr_is_name(place) && state_has_place(state, place) &&
	       function_is_local(engine->function, place) &&
	       env_value(&state->env, place).signs == SIGN_ANY &&
	       !function_zeroes(engine->function, place) &&
	       (value == place ? is_filled_by_address(engine, place) ||
				 is_name_of_entry(engine->function, place) :
				 value->op == EXPR_INDEX);
}

/* The call is given such an entry itself, to do something with it. */
static bool passes_unwritten(const struct path_engine *engine, const struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);

	if (callee_known(engine, state, KNOW_PRINT) || callee_known(engine, state, KNOW_ERROR) ||
	    function_releases(engine->function, state->node))
		return false;
	for (int i = 0; i < call->arg_count; i++)
		if (is_unwritten(engine, state, call->args[i]))
			return true;
	return false;
}

static void report(struct path_engine *engine, struct path_state *state)
{
	engine_wrong(engine, state, EVENT_NO_PAGE);
	state->nothing = false;
}

void unwritten_call(struct path_engine *engine, struct path_state *state)
{
	if ((is_use_of_data(engine->function, state->node) && uses_pages(engine, state)) ||
	    passes_unwritten(engine, state))
		report(engine, state);
}

/* "(page - map)", "page->flags": more than another name of it. */
static bool computes_with_unwritten(const struct path_engine *engine,
				    const struct path_state *state, const struct expr *e)
{
	for (; e && e->op != EXPR_ADDRESS && !is_unwritten(engine, state, e); e = e->a)
		if (e->op != EXPR_INDEX && e->b && (is_unwritten(engine, state, e->b) ||
						     computes_with_unwritten(engine, state, e->b)))
			return true;
	return e && e->op != EXPR_ADDRESS;
}

/* "total += n", where n is the errno, and nothing has asked. */
static bool counts_errno(const struct path_state *state, const struct ir_node *set)
{
	return state->unasked && (set->op == IR_OP_ADD_ASSIGN || set->op == IR_OP_SUB_ASSIGN) &&
	       !expr_is_constant(set->rhs) && env_value(&state->env, set->rhs).signs == SIGN_NEG;
}

void unwritten_set(struct path_engine *engine, struct path_state *state,
		   const struct ir_node *set)
{
	bool read = is_unwritten(engine, state, set->rhs) ?
		!expr_is_name(set->lhs) : computes_with_unwritten(engine, state, set->rhs);

	if (read)
		report(engine, state);
}

void unasked_set(struct path_engine *engine, struct path_state *state, const struct ir_node *set)
{
	if (!counts_errno(state, set))
		return;
	engine_wrong(engine, state, EVENT_NEGATIVE);
	state->nothing = state->unasked = false;
}

/* -- a failure that is no other path than success -- */

void unasked_test(const struct path_engine *engine, struct path_state *state,
		  const struct ir_node *test, enum truth truth)
{
	struct value value = env_value(&state->env, test->lhs), all = value_of_signs(SIGN_POS);
	struct env fine = state->env;

	if (!state->unasked || value.signs != SIGN_NEG)
		return;
	if (truth == TRUTH_OPEN) {	/* compared to a number that is not known */
		state->unasked = false;
		return;
	}
	all.relation = REL_FULL;
	env_set(&fine, test->lhs, all);
	state->unasked = env_test(&fine, engine->pool, test) == truth &&
			 !test_is_unsigned(test);	/* check_lost_errno.c */
}

/* No error is returned, but success, a number of pages or a pointer. */
static bool is_success(const struct path_engine *engine, const struct path_state *state)
{
	const struct expr *value = state_node(engine, state)->rhs;
	enum ir_type type = function_node(engine->function, 0)->type;
	struct value result = env_value(&state->env, value);

	return (type == IR_TYPE_SIGNED || type == IR_TYPE_POINTER) && value &&
	       !(result.signs & SIGN_NEG) && (result.exact || result.signs == SIGN_POS);
}

void unasked_return(struct path_engine *engine, struct path_state *state)
{
	const struct expr *value = state_node(engine, state)->rhs;

	if (!state->nothing || !state->unasked || !is_success(engine, state))
		return;
	for (int p = 0; p < state->place_count; p++)
		if ((function_param_of(engine->function, state->places[p]) >= 0 ||
		     expr_extends(state->places[p], value)) &&
		    env_value(&state->env, state->places[p]).signs != SIGN_ZERO) {
			report(engine, state);
			return;
		}
}
