// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/reaching_defs.h"
#include "decide/outcome_of_call.h"

static bool is_result(const struct expr *e, int call)
{
	return e && e->op == EXPR_RESULT && e->number == call;
}

/* The result itself, or a name that it was put into and may still have at the node. */
static bool stands_for(const struct ir_function *function, const struct expr *e, int call, int at)
{
	g_autoptr(GArray) defs = NULL;

	if (!e || is_result(e, call))
		return e;
	defs = ir_reaching_defs(function, at, e, IR_EDGES_CONTROL);
	for (guint i = 0; i < defs->len; i++) {
		const struct ir_node *def = &function->nodes[g_array_index(defs, int, i)];

		if (def->kind == IR_SET && def->lhs == e && is_result(def->rhs, call))
			return true;
	}
	return false;
}

/* IS_ERR(result) at the node */
static bool asks_for_error(const struct knowledge *knowledge, const struct ir_function *function,
			   const struct expr *e, int call, int at)
{
	const struct ir_node *asked = e && e->op == EXPR_RESULT && e->number < function->count ?
		&function->nodes[e->number] : NULL;

	return asked && asked->kind == IR_CALL && asked->callee && asked->arg_count == 1 &&
	       knowledge_details(knowledge, KNOW_ERROR, asked->callee) & KNOWN(TEST) &&
	       stands_for(function, asked->args[0], call, at);
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
	if (node->rhs->number == 0 && asks_for_error(knowledge, function, node->lhs, call, test))
		return node->op == IR_OP_NE;
	if (!stands_for(function, node->lhs, call, test))
		return -1;
	return count || pointer ? failure_of_count(node) : failure_of_status(node);
}
