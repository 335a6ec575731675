// SPDX-License-Identifier: GPL-2.0-only
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
