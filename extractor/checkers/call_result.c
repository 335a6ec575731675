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
	if (value.signs == SIGN_NEG)
		return value_of_number(1);
	if (!(value.signs & SIGN_NEG) && (!or_null || value.signs == SIGN_POS))
		return value_of_number(0);
	return value_of_signs(SIGN_ZERO | SIGN_POS);
}

static struct value value_of_call(const struct path_engine *engine, const struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);
	const struct function *callee =
		program_callee(engine->program, engine->function, state->node);
	const struct known *error = callee_known(engine, state, KNOW_ERROR);
	const struct known *borrow = callee_known(engine, state, KNOW_BORROW);

	if (error && error->details & KNOWN(TEST) && node_argument(call, error->index))
		return value_of_error_test(env_value(&state->env, call->args[error->index]),
					   error->details & KNOWN(OR_NULL));
	if (borrow && borrow->details & (KNOWN(ZERO) | KNOWN(ONE)) && call->arg_count &&
	    state->ownership == OWNERSHIP_OWNED && state_mentions_pages(state, call->args[0]))
		return borrow->details & KNOWN(ZERO) ? value_of_number(0) :
						     value_of_signs(SIGN_NEG | SIGN_POS);
	if (!callee &&
	    function_has_detail(engine->function, state->node, KNOW_ALLOC, KNOWN(OR_NULL)))
		return value_of_signs(SIGN_ZERO | SIGN_POS);
	return callee ? value_of_function(callee) : value_any();
}

void transfer_result(struct path_engine *engine, struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);
	const struct expr *result = expr_result(engine->pool, state->node);

	env_forget(&state->env, result);
	env_forget_filled(&state->env, call);
	if (function_has_detail(engine->function, state->node, KNOW_ERROR,
				KNOWN(MAKE) | KNOWN(NUMBER)))
		env_set(&state->env, result, value_of_signs(SIGN_NEG));
	else if (liveness_matters(engine->liveness, result))
		env_set(&state->env, result, value_of_call(engine, state));
}
