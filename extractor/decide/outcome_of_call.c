// SPDX-License-Identifier: GPL-2.0-only
#include "decide/outcome_of_call.h"

static bool is_result(const struct expr *e, int call)
{
	return e && e->op == EXPR_RESULT && e->number == call;
}

/* The result itself, or a name that it was put into. */
static bool stands_for(const struct ir_function *function, const struct expr *e, int call)
{
	if (is_result(e, call))
		return true;
	for (int i = call + 1; e && i < function->count; i++)
		if (function->nodes[i].kind == IR_SET && function->nodes[i].lhs == e &&
		    is_result(function->nodes[i].rhs, call))
			return true;
	return false;
}

/* IS_ERR(result) */
static bool asks_for_error(const struct knowledge *knowledge, const struct ir_function *function,
			   const struct expr *e, int call)
{
	const struct ir_node *asked = e && e->op == EXPR_RESULT && e->number < function->count ?
		&function->nodes[e->number] : NULL;

	return asked && asked->kind == IR_CALL && asked->callee && asked->arg_count == 1 &&
	       knowledge_details(knowledge, KNOW_ERROR, asked->callee) & KNOWN(TEST) &&
	       stands_for(function, asked->args[0], call);
}

/* As of a number of pages, where 0 is none. */
static int failure_of_count(const struct ir_node *test)
{
	bool zero = test->rhs->number == 0;

	switch (test->op) {
	case IR_OP_NE:
		return !zero;
	case IR_OP_EQ:
		return zero;
	case IR_OP_LT:
	case IR_OP_LE:
		return 1;
	default:
		return 0;
	}
}

/* Of a status, where 0 is success. */
static int failure_of_status(const struct ir_node *test)
{
	return test->op == IR_OP_NE || test->op == IR_OP_LT || test->op == IR_OP_LE;
}

int call_failure_outcome(const struct knowledge *knowledge, const struct ir_function *function,
			 int call, int test, bool count)
{
	const struct ir_node *node = &function->nodes[test];
	bool pointer = function->nodes[call].type == IR_TYPE_POINTER;

	if (node->kind != IR_TEST || !node->rhs || node->rhs->op != EXPR_NUMBER)
		return -1;
	if (node->rhs->number == 0 && asks_for_error(knowledge, function, node->lhs, call))
		return node->op == IR_OP_NE;
	if (!stands_for(function, node->lhs, call))
		return -1;
	return count || pointer ? failure_of_count(node) : failure_of_status(node);
}
