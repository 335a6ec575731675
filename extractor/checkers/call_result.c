// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/expr_query.h"
#include "checkers/path_state.h"

/* The abstract value of a call's result. */

/* By the return statements alone. */
static struct value value_of_function(const struct function *function)
{
	static const struct env nothing;
	unsigned int signs = 0;

	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);
		int call = expr_result_node(node->rhs);

		if (node->kind != IR_RETURN)
			continue;
		signs |= call >= 0 && function_has_detail(function, call, KNOW_ERROR, KNOWN(MAKE)) ?
			 SIGN_NEG : env_value(&nothing, node->rhs).signs;
	}
	return value_of_signs(signs ? signs : SIGN_ANY);
}

/* IS_ERR() and IS_ERR_OR_NULL() of a value. */
static struct value value_of_error_test(struct value value, bool or_null)
{
	unsigned int yes = or_null ? SIGN_NEG | SIGN_ZERO : SIGN_NEG;

	if (!(value.signs & ~yes))
		return value_of_number(1);
	if (!(value.signs & yes))
		return value_of_number(0);
	return value_of_signs(SIGN_ZERO | SIGN_POS);
}

void learn_error_test(const struct path_engine *engine, struct env *env,
		      const struct ir_node *test, bool outcome)
{
	int call = expr_result_node(test->lhs);
	const struct known *error = call < 0 ? NULL :
		function_known(engine->function, call, KNOW_ERROR);
	const struct expr *tested;
	struct value value;
	unsigned int yes;

	if (!error || !(error->details & KNOWN(TEST)) || test->lhs->op != EXPR_RESULT ||
	    !expr_is_number(test->rhs, 0) || (test->op != IR_OP_NE && test->op != IR_OP_EQ))
		return;
	tested = node_argument(function_node(engine->function, call), error->index);
	if (!tested)
		return;
	yes = error->details & KNOWN(OR_NULL) ? SIGN_NEG | SIGN_ZERO : SIGN_NEG;
	value = env_value(env, tested);
	value.signs &= outcome == (test->op == IR_OP_NE) ? yes : ~yes;
	if (value.signs && !value.exact)
		env_set(env, tested, value.signs == SIGN_ZERO ? value_of_number(0) : value);
}

static struct value value_of_call(const struct path_engine *engine, const struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);
	const struct function *callee = engine->function->callees[state->node];
	const struct known *error = callee_known(engine, state, KNOW_ERROR);
	const struct known *borrow = callee_known(engine, state, KNOW_BORROW);

	if (error && error->details & KNOWN(TEST) && node_argument(call, error->index))
		return value_of_error_test(env_value(&state->env, call->args[error->index]),
					   error->details & KNOWN(OR_NULL));
	if (borrow && borrow->details & (KNOWN(ZERO) | KNOWN(ONE)) && call->arg_count &&
	    state->ownership == OWNERSHIP_OWNED &&
	    (state_mentions_pages(state, call->args[0]) || query_may_take_no_pin(engine)))
		return borrow->details & KNOWN(ZERO) ? value_of_number(0) :
						     value_of_signs(SIGN_NEG | SIGN_POS);
	if (!callee &&
	    function_has_detail(engine->function, state->node, KNOW_ALLOC, KNOWN(OR_NULL)))
		return value_of_signs(SIGN_ZERO | SIGN_POS);
	return callee ? value_of_function(callee) : value_any();
}

/* How many calls down an assignment to a member is looked for. */
#define WRITES_DEPTH 2

/* @member: NULL: any */
static bool writes_member(const struct function *function, const char *member, int depth)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);
		const struct function *callee = depth ? function->callees[i] : NULL;

		if (node->kind == IR_SET && node->op != IR_OP_DECLARE &&
		    expr_is_member(node->lhs) &&
		    (!member || node->lhs->name == member))
			return true;
		if (callee && callee != function && writes_member(callee, member, depth - 1))
			return true;
	}
	return false;
}

/* Memory that is known to be zero, and is given to a helper that writes to an object. */
static void forget_zeroed(const struct path_engine *engine, struct env *env, int call)
{
	const struct function *callee = engine->function->callees[call];
	const struct ir_node *node = function_node(engine->function, call);

	for (int i = 0; callee && i < node->arg_count; i++)
		if (!node->args[i]->unknown && writes_member(callee, NULL, WRITES_DEPTH))
			env_forget(env, expr_unary(engine->pool, EXPR_DEREF, node->args[i]));
}

void forget_written(const struct path_engine *engine, struct env *env, int call)
{
	const struct function *callee = engine->function->callees[call];

	forget_zeroed(engine, env, call);
	for (int i = callee ? env->count - 1 : -1; i >= 0; i--) {
		const struct expr *key = env->keys[i];

		if (expr_is_member(key) && !env->values[i].relation &&
		    call_is_given(function_node(engine->function, call), key) &&
		    writes_member(callee, key->name, WRITES_DEPTH))
			env_drop(env, i);
	}
}

void transfer_result(struct path_engine *engine, struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);
	const struct expr *result = expr_result(engine->pool, state->node);

	env_forget(&state->env, result);
	engine->at_call = state->env;
	env_forget_filled(&state->env, call);
	forget_written(engine, &state->env, state->node);
	if (function_has_detail(engine->function, state->node, KNOW_ERROR,
				KNOWN(MAKE) | KNOWN(NUMBER)))
		env_set(&state->env, result, value_of_signs(SIGN_NEG));
	else if (liveness_matters(engine->liveness, result))
		env_set(&state->env, result, value_of_call(engine, state));
}
