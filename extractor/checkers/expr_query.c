// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "checkers/expr_query.h"

bool expr_has_op(const struct expr *e, enum expr_op op)
{
	for (; e; e = e->a)
		if (e->op == op || (e->b && expr_has_op(e->b, op)))
			return true;
	return false;
}

static bool is_access(const struct expr *e)
{
	return e->op == EXPR_MEMBER || e->op == EXPR_ARROW || e->op == EXPR_INDEX;
}

int expr_result_node(const struct expr *e)
{
	while (e && is_access(e))
		e = e->a;
	return e && e->op == EXPR_RESULT ? (int)e->number : -1;
}

bool expr_is_of_result(const struct expr *e)
{
	const struct expr *root = expr_root(e);

	return root->op == EXPR_RESULT || root->op == EXPR_RETURNED;
}

bool expr_is_within(const struct expr *e, const struct expr *access)
{
	return e != access && expr_extends(e, access);
}

const struct expr *expr_without_address(const struct expr *e)
{
	return e->op == EXPR_ADDRESS ? e->a : e;
}

bool call_is_given(const struct ir_node *call, const struct expr *e)
{
	for (int i = 0; i < call->arg_count; i++)
		if (expr_is_within(e, expr_without_address(call->args[i])))
			return true;
	return false;
}

bool expr_is_constant(const struct expr *e)
{
	for (; e->a; e = e->a)
		if (e->b && !expr_is_constant(e->b))
			return false;
	return e->op == EXPR_NUMBER;
}

bool expr_has_generated_name(const struct expr *e)
{
	for (; e; e = e->a)
		if ((e->name && strstr(e->name, "__UNIQUE")) ||
		    (e->b && expr_has_generated_name(e->b)))
			return true;
	return false;
}
