// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ir/cfg.h"

bool ir_op_holds(enum ir_op op, long long a, long long b)
{
	switch (op) {
	case IR_OP_EQ:
		return a == b;
	case IR_OP_NE:
		return a != b;
	case IR_OP_LT:
		return a < b;
	case IR_OP_LE:
		return a <= b;
	case IR_OP_GT:
		return a > b;
	default:
		return a >= b;
	}
}

bool ir_node_mentions(const struct ir_node *node, const struct expr *variable)
{
	bool found = (node->lhs && expr_contains(node->lhs, variable)) ||
		     (node->rhs && expr_contains(node->rhs, variable));

	for (int i = 0; i < node->arg_count && node->kind == IR_CALL; i++)
		found |= expr_contains(node->args[i], variable);
	return found;
}

int ir_parameter(const struct ir_function *function, const struct expr *e)
{
	for (int i = 0; i < function->nodes[0].arg_count; i++)
		if (function->nodes[0].args[i] == e)
			return i;
	return -1;
}

const struct expr *ir_local(const struct ir_function *function, const char *name)
{
	for (int i = 0; i < function->count; i++) {
		const struct ir_node *node = &function->nodes[i];

		if (node->kind == IR_SET && node->lhs && node->lhs->op == EXPR_LOCAL &&
		    !strcmp(node->lhs->name, name))
			return node->lhs;
		for (int k = 0; node->kind == IR_ENTRY && k < node->arg_count; k++)
			if (node->args[k]->op == EXPR_LOCAL && !strcmp(node->args[k]->name, name))
				return node->args[k];
	}
	return NULL;
}
