// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/dominators.h"
#include "checkers/never_dirty.h"

/* Some caller has no graph, so that its argument is not seen. */
static bool is_called_elsewhere(const struct program *program, const struct function *of,
				const GArray *calls)
{
	const GArray *all = call_graph_of(program->invokes, of->info->key);

	return all && calls && all->len > calls->len;
}

/* All calls of the function, and there are some, give 0 for the parameter. */
static bool is_always_zero(const struct program *program, const struct function *of, int param)
{
	const GArray *calls = program_calls(program, of);

	if (is_called_elsewhere(program, of, calls))
		return false;

	for (guint i = 0; calls && i < calls->len; i++) {
		const struct program_call *call = &g_array_index(calls, struct program_call, i);

		if (!expr_is_number(node_argument(function_node(call->caller, call->node), param),
				    0))
			return false;
	}
	return calls;
}

static bool is_zero_param(const struct program *program, const struct function *function,
			  const struct expr *e)
{
	int param = e && e->op == EXPR_LOCAL ? function_param_of(function, e) : -1;

	return param >= 0 && is_always_zero(program, function, param);
}

/* The parameter of a test "if (dirty)" that decides whether the node comes, or -1. */
static int deciding_param(const struct function *function, int at, int node)
{
	const struct ir_node *test = function_node(function, at);

	if (test->kind != IR_TEST || !expr_is_number(test->rhs, 0) ||
	    (test->op != IR_OP_NE && test->op != IR_OP_EQ) || test->lhs->op != EXPR_LOCAL ||
	    ir_deciding_outcome(function->ir, at, node) != (test->op == IR_OP_NE))
		return -1;
	return function_param_of(function, test->lhs);
}

/* "if (dirty)", where dirty is always 0, decides whether the call comes. */
static bool is_behind_zero(const struct program *program, const struct function *function, int node)
{
	for (int i = 0; i < node; i++) {
		int param = deciding_param(function, i, node);

		if (param >= 0 && is_always_zero(program, function, param))
			return true;
	}
	return false;
}

/* The make_dirty of a call that releases; NULL: it has none. */
static const struct expr *make_dirty_of(const struct function *function, int node)
{
	return node_argument(function_node(function, node), function->args[node].dirty);
}

bool call_dirties(const struct function *function, int node)
{
	return function_has_role(function, node, ROLE_DIRTY) ||
	       (function_has_role(function, node, ROLE_RELEASE) &&
		function_known(function, node, KNOW_DIRTIES) &&
		!expr_is_number(make_dirty_of(function, node), 0));
}

int call_dirty_param(const struct function *function, int node)
{
	const struct expr *make_dirty = make_dirty_of(function, node);

	if (make_dirty && function_has_role(function, node, ROLE_RELEASE))
		return make_dirty->op == EXPR_LOCAL ? function_param_of(function, make_dirty) : -1;
	for (int i = 0; i < node && call_dirties(function, node); i++) {
		int param = deciding_param(function, i, node);

		if (param >= 0)
			return param;
	}
	return -1;
}

bool call_may_dirty(const struct program *program, const struct function *function, int node)
{
	const struct expr *make_dirty;

	if (function_has_role(function, node, ROLE_DIRTY))
		return !is_behind_zero(program, function, node);
	if (function_has_role(function, node, ROLE_ACQUIRE) ||
	    !function_known(function, node, KNOW_DIRTIES))
		return false;
	make_dirty = make_dirty_of(function, node);
	return !expr_is_number(make_dirty, 0) && !is_zero_param(program, function, make_dirty) &&
	       !is_behind_zero(program, function, node);
}
