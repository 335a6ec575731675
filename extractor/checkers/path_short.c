// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/expr_query.h"
#include "checkers/path_state.h"

/*
 * A short pin that is taken for a whole one: fewer pages came than requested, nothing has asked
 * how many, and all that were requested are used, or the caller is told that they are there.
 *
 *	got = pin_user_pages_fast(start, wanted, 0, pages);
 *	if (got <= 0)
 *		return -EFAULT;
 *	for (i = 0; i < wanted; i++)
 *		table[i] = page_to_phys(pages[i]);
 *
 * That the number which came is used for more than the sign of it (compared to another one, added
 * up, stored, passed on) ends the search: it may tell how far the pages go.
 */

/* The number that came, or something made of it. */
static bool mentions_number(const struct env *env, const struct expr *e)
{
	if (!e)
		return false;
	return env_value(env, e).relation == REL_SHORT || mentions_number(env, e->a) ||
	       mentions_number(env, e->b);
}

/* It is all that was requested. */
static bool is_request(const struct env *env, const struct expr *e)
{
	return e->op != EXPR_NUMBER && env_value(env, e).relation == REL_REQUEST;
}

static bool is_followed(const struct path_state *state)
{
	return state->ownership == OWNERSHIP_OWNED && state->fewer && !state->number_used;
}

static void report(struct path_engine *engine, struct path_state *state)
{
	engine_wrong(engine, state, EVENT_FEWER);
	state->number_used = true;
}

void short_test(struct path_state *state, const struct ir_node *test)
{
	bool sign = test->rhs->op == EXPR_NUMBER &&
		    (test->rhs->number == 0 || test->rhs->number == 1) &&
		    (expr_is_name(test->lhs) || expr_is_member(test->lhs));

	if (!sign)
		state->number_used |= mentions_number(&state->env, test->lhs) ||
				      mentions_number(&state->env, test->rhs);
}

void short_set(struct path_state *state, const struct ir_node *set)
{
	bool copy = set->op == IR_OP_ASSIGN && expr_is_name(set->lhs) &&
		    set->lhs->op != EXPR_GLOBAL &&
		    env_value(&state->env, set->rhs).relation == REL_SHORT;

	if (set->rhs && !copy)
		state->number_used |= mentions_number(&state->env, set->rhs);
	/* "got += done": the sum is of both */
	if (set->op != IR_OP_ASSIGN)
		state->number_used |= mentions_number(&state->env, set->lhs);
}

/* -- calls -- */

/* The call is given the array of pages from its start, and as their number all requested. */
static bool is_given_request(const struct path_engine *engine, const struct path_state *state,
			     const struct ir_node *call)
{
	bool pages = false, request = false;

	for (int i = 0; i < call->arg_count; i++) {
		const struct expr *given = call->args[i];

		pages |= state_has_place(state, expr_base(given)) &&
			 expr_is_number(expr_offset(engine->pool, given), 0) &&
			 (i >= call->param_count || call->param_types[i] == IR_TYPE_POINTER);
		request |= is_request(&engine->at_call, given);
	}
	return pages && request;
}

void short_call(struct path_engine *engine, struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);

	if (callee_known(engine, state, KNOW_PRINT))
		return;
	for (int i = 0; i < call->arg_count; i++) {
		state->count_known |=
			env_value(&engine->at_call, call->args[i]).relation == REL_SHORT;
		state->number_used |= mentions_number(&engine->at_call, call->args[i]);
	}
	if (!is_followed(state) || function_releases(engine->function, state->node) ||
	    callee_known(engine, state, KNOW_FREE) ||
	    !is_given_request(engine, state, call))
		return;
	if (!engine->function->callees[state->node])
		report(engine, state);
	else if (!callee_may_release(engine, state->node))
		state->number_used |= callee_look_inside(engine, state);
}

/* -- loops -- */

/* base[index], anywhere in the expression. */
static bool reads_entry(const struct path_state *state, const struct expr *e,
			const struct expr *index)
{
	if (!e)
		return false;
	if ((e->op == EXPR_INDEX || e->op == EXPR_ADD) && e->b == index &&
	    state_has_place(state, e->a))
		return true;
	return reads_entry(state, e->a, index) || reads_entry(state, e->b, index);
}

static bool node_reads_entry(const struct path_state *state, const struct ir_node *node,
			     const struct expr *index)
{
	bool reads = node->kind == IR_SET && reads_entry(state, node->rhs, index);

	for (int i = 0; node->kind == IR_CALL && i < node->arg_count; i++)
		reads |= reads_entry(state, node->args[i], index);
	return reads;
}

/* A test in the loop asks for the number that came, or for the entry. */
static bool is_asked_inside(const struct path_engine *engine, const struct path_state *state,
			    int head, const struct expr *index)
{
	for (int i = head + 1; i < function_node(engine->function, head)->no; i++) {
		const struct ir_node *test = function_node(engine->function, i);

		if (test->kind == IR_TEST &&
		    (mentions_number(&state->env, test->lhs) ||
		     mentions_number(&state->env, test->rhs) ||
		     reads_entry(state, test->lhs, index) ||
		     (test->type == IR_TYPE_POINTER && expr_is_number(test->rhs, 0))))
			return true;
	}
	return false;
}

void short_loop(struct path_engine *engine, struct path_state *state, const struct ir_node *test)
{
	const struct function *function = engine->function;
	int head = state->node;

	if (!test || !is_followed(state) || !is_request(&state->env, test->rhs) ||
	    (test->op != IR_OP_LT && test->op != IR_OP_NE && test->op != IR_OP_LE) ||
	    is_asked_inside(engine, state, head, test->lhs))
		return;
	for (int i = head + 1; i < function_node(function, head)->no; i++) {
		const struct ir_node *node = function_node(function, i);

		if (!function_releases(function, i) && node_reads_entry(state, node, test->lhs)) {
			report(engine, state);
			return;
		}
	}
}

/* -- success -- */

/* No error is returned. */
static bool is_success(const struct path_engine *engine, const struct value *result,
		       const struct expr *value)
{
	enum ir_type type = function_node(engine->function, 0)->type;

	if (type == IR_TYPE_POINTER)
		return result->signs == SIGN_POS;
	return type == IR_TYPE_SIGNED && value && !(result->signs & SIGN_NEG) &&
	       (result->exact || result->signs == SIGN_POS);
}

/* The caller can ask for it. */
static bool is_outside(const struct path_engine *engine, const struct expr *e)
{
	return e->op != EXPR_LOCAL && function_param_of(engine->function, e) >= 0;
}

/* The caller has the pages, and a number that says that all are there. */
static bool tells_request(const struct path_engine *engine, const struct path_state *state,
			  const struct expr *value)
{
	bool pages = false, request = is_request(&state->env, value);

	for (int p = 0; p < state->place_count; p++)
		pages |= function_param_of(engine->function, state->places[p]) >= 0 ||
			 expr_extends(state->places[p], value);
	for (int i = 0; i < state->env.count; i++)
		request |= state->env.values[i].relation == REL_REQUEST &&
			   is_outside(engine, state->env.keys[i]);
	return pages && request;
}

void short_return(struct path_engine *engine, struct path_state *state)
{
	const struct expr *value = state_node(engine, state)->rhs;
	struct value result = env_value(&state->env, value);

	if (is_followed(state) && engine->result->query.start &&
	    result.relation != REL_SHORT && is_success(engine, &result, value) &&
	    tells_request(engine, state, value))
		report(engine, state);
}
