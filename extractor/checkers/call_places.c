// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/call_places.h"
#include "checkers/expr_query.h"

const struct expr *place_inside(struct expr_pool *pool, const struct expr *place,
				const struct expr *argument, const struct expr *param)
{
	if (place == expr_base(argument))
		return param;
	if (argument->op == EXPR_ADDRESS && expr_is_within(place, argument->a))
		return expr_replace(pool, place, argument->a,
				    expr_unary(pool, EXPR_DEREF, param));
	if (expr_is_within(place, argument))
		return expr_replace(pool, place, argument, param);
	return NULL;
}

static bool is_nameable(const struct expr *argument)
{
	return !argument->unknown && argument->op != EXPR_NUMBER &&
	       !expr_has_op(argument, EXPR_RESULT) && !expr_has_op(argument, EXPR_RETURNED);
}

/* "(&a).name" is no access: which object that is, is not known. */
static bool is_access_of_address(const struct expr *e)
{
	for (; e->a; e = e->a)
		if (e->op == EXPR_MEMBER && e->a->op == EXPR_ADDRESS)
			return true;
	return false;
}

const struct expr *place_outside(struct expr_pool *pool, const struct function *callee,
				 const struct ir_node *call, const struct expr *result,
				 const struct expr *place)
{
	const struct expr *root = expr_root(place), *argument;
	int param;

	if (root->op == EXPR_RETURNED)
		return expr_base(expr_replace_root(pool, place, root, result));
	param = function_param_of(callee, root);
	argument = param >= 0 ? node_argument(call, param) : NULL;
	if (!argument || !is_nameable(argument))
		return NULL;
	place = expr_replace_root(pool, place, root, argument);
	if (argument->op == EXPR_ADDRESS)	/* "*&x" is x */
		place = expr_replace(pool, place, expr_unary(pool, EXPR_DEREF, argument),
				     argument->a);
	place = expr_base(place);
	return is_access_of_address(place) ? NULL : place;
}

const struct expr *place_led_to(const struct function *caller, int call, const struct expr *place)
{
	const struct expr *found = place;

	for (int i = 0; expr_is_member(place) && i < call; i++) {
		const struct ir_node *set = function_node(caller, i);
		bool leads = set->kind == IR_SET && set->op == IR_OP_ASSIGN && set->lhs == place &&
			     (set->rhs->op == EXPR_ADDRESS || expr_is_name(set->rhs));

		if (leads && found != place)
			return NULL;
		if (leads)
			found = expr_base(set->rhs);
	}
	return found;
}
