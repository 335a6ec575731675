// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"
#include "checkers/allocation.h"
#include "checkers/expr_query.h"

/* The call whose result is assigned at a node, by way of a macro's own variable too; or -1. */
static int call_assigned(const struct function *function, int set)
{
	const struct expr *value = function_node(function, set)->rhs;
	int call = expr_result_node(value);

	for (int i = set - 1; call < 0 && expr_is_name(value) && i > 0; i--) {
		const struct ir_node *node = function_node(function, i);

		if (node_sets(node, value))
			return node->op == IR_OP_ASSIGN ? call_assigned(function, i) : -1;
	}
	return call < function->ir->count ? call : -1;
}

/* The last node that gives the variable the result of an allocation, or -1. */
static int last_allocation(const struct function *function, const struct expr *name)
{
	for (int i = function->ir->count - 1; i > 0; i--) {
		int call = node_sets(function_node(function, i), name) ?
			call_assigned(function, i) : -1;

		if (call > 0 && function_known(function, call, KNOW_ALLOC))
			return i;
	}
	return -1;
}

/*
 * The node that gives the variable the result of a call; -1 when anything else sets it too. A
 * definition before the call does not count: "list_for_each_entry(obj, ...)", then a new one.
 */
static int only_call(const struct function *function, const struct expr *name)
{
	int last = last_allocation(function, name), call = -1;

	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);
		int number;

		if (!node_sets(node, name) || node->op == IR_OP_DECLARE ||
		    expr_is_number(node->rhs, 0) ||
		    (last >= 0 && i != last && !ir_reaches(function->ir, last, i, -1)))
			continue;
		number = call_assigned(function, i);
		if (call >= 0 || number <= 0)
			return -1;
		call = number;
	}
	return call;
}

bool function_allocates(const struct function *function, const struct expr *name)
{
	int call = only_call(function, name);

	return call >= 0 && (function_known(function, call, KNOW_ALLOC) ||
			     (function->callees[call] && function->callees[call]->makes));
}

bool node_gives_memory(const struct function *function, int set)
{
	int call = call_assigned(function, set);

	return call > 0 && function_known(function, call, KNOW_ALLOC);
}

bool node_gives_zeroed(const struct function *function, int set)
{
	int call = call_assigned(function, set);

	return call > 0 && function_has_detail(function, call, KNOW_ALLOC, KNOWN(ZEROED));
}

bool function_zeroes(const struct function *function, const struct expr *e)
{
	for (int i = 0; i < function->ir->count; i++)
		if (node_sets(function_node(function, i), e) && node_gives_zeroed(function, i))
			return true;
	return false;
}

/* Something that the number is made of is written behind the node. */
static bool written_behind(const struct function *function, int node, const struct expr *number)
{
	for (int i = 0; i < function->ir->count; i++)
		if (function_node(function, i)->kind == IR_SET &&
		    expr_contains(number, function_node(function, i)->lhs) &&
		    ir_reaches(function->ir, node, i, -1))
			return true;
	return false;
}

bool function_allocates_entries(const struct function *function, const struct expr *array,
				const struct expr *number)
{
	int call = expr_is_name(array) && number->op != EXPR_NUMBER && !number->unknown ?
		only_call(function, array) : -1;
	const struct ir_node *node = call < 0 ? NULL : function_node(function, call);

	if (!node || !function_known(function, call, KNOW_ALLOC))
		return false;
	for (int i = 0; i < node->arg_count; i++)
		if (node->args[i] == number)
			return !written_behind(function, call, number);
	return false;
}
