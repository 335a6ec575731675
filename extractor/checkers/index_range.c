// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/expr_query.h"
#include "checkers/index_range.h"
#include "checkers/node_order.h"

/* Where count entries from there on end: n for (n - from) of them. */
static const struct expr *end_of(const struct expr *from, const struct expr *count)
{
	if (expr_is_number(from, 0))
		return count;
	return count->op == EXPR_SUB && count->b == from ? count->a : NULL;
}

struct range range_of_call(struct expr_pool *pool, const struct function *function, int call)
{
	const struct expr *pages = function_pages(function, call);
	const struct expr *count = function_count(function, call);
	const struct expr *base = pages ? expr_base(pages) : NULL;
	struct range range = { 0 };

	if (!base || base->unknown || expr_is_of_result(base))
		return range;
	if (count && (expr_is_number(count, 1) || count->unknown))
		return range;
	if (!count && (pages != base || expr_has_op(pages, EXPR_INDEX)))
		return range;
	range.base = base;
	range.one = !count;
	if (count) {
		range.from = expr_offset(pool, pages);
		range.to = end_of(range.from, count);
	}
	return range;
}

/* sg_page(&list[i]) stands for the entry that it was given; NULL: for nothing that has a name. */
static const struct expr *entry_carried(const struct function *function, const struct expr *e)
{
	int call = e->op == EXPR_RESULT ? (int)e->number : -1;
	const struct ir_node *node = call < 0 ? NULL : function_node(function, call);

	if (!node)
		return e;
	return function_has_role(function, call, ROLE_CARRY) && node->arg_count == 1 ?
		expr_without_address(node->args[0]) : NULL;
}

/* "page" stands for pages[i] where it was set so in the loop. */
static const struct expr *entry_of(const struct function *function, int head, int release)
{
	const struct expr *pages = function_pages(function, release);

	for (int i = release - 1; expr_is_name(pages) && i > head; i--) {
		const struct ir_node *node = function_node(function, i);

		if (node_sets(node, pages) && node->op == IR_OP_ASSIGN) {
			pages = node->rhs;
			break;
		}
	}
	return pages ? entry_carried(function, pages) : NULL;
}

/* On the other outcome of the test, another call releases the same entry. */
static bool is_released_either_way(const struct function *function, int head, int release, int test)
{
	int outcome = ir_deciding_outcome(function->ir, test, release);
	const struct expr *entry = entry_of(function, head, release);

	for (int i = head + 1; entry && i < function_node(function, head)->no; i++)
		if (i != release && function_releases(function, i) &&
		    entry_of(function, head, i) == entry &&
		    ir_deciding_outcome(function->ir, test, i) == !outcome)
			return true;
	return false;
}

/* Not each time round: something else than the loop's own number decides. */
static bool is_conditional(const struct function *function, int head, int release,
			   const struct expr *counter)
{
	for (int i = head + 1; i < release; i++) {
		const struct ir_node *node = function_node(function, i);

		if (node->kind == IR_TEST &&
		    !(expr_contains(node->lhs, counter) && !expr_has_op(node->lhs, EXPR_INDEX)) &&
		    ir_deciding_outcome(function->ir, i, release) >= 0 &&
		    !is_released_either_way(function, head, release, i))
			return true;
	}
	return false;
}

/* Something that the expression is made of is written in the loop. */
static bool set_in_loop(const struct function *function, int head, const struct expr *e)
{
	for (int i = head + 1; i < function_node(function, head)->no; i++)
		if (function_node(function, i)->kind == IR_SET &&
		    expr_contains(e, function_node(function, i)->lhs))
			return true;
	return false;
}

/* The operator when the counter is written once in the loop, by one; else IR_OP_NONE. */
static enum ir_op direction_of(const struct function *function, int head,
			       const struct expr *counter)
{
	enum ir_op op = IR_OP_NONE;

	for (int i = head + 1; i < function_node(function, head)->no; i++) {
		const struct ir_node *node = function_node(function, i);

		if (!node_sets(node, counter))
			continue;
		if (op != IR_OP_NONE || !expr_is_number(node->rhs, 1))
			return IR_OP_NONE;
		op = node->op;
	}
	return op;
}

static const struct expr *start_of(const struct function *function, int head,
				   const struct expr *counter)
{
	for (int i = head - 1; i > 0 && function_node(function, i)->kind == IR_SET; i--) {
		const struct ir_node *node = function_node(function, i);

		if (node->lhs == counter)
			return node->op == IR_OP_ASSIGN ? node->rhs : NULL;
	}
	return NULL;
}

static const struct expr *bound_of(const struct function *function, int head,
				   const struct expr *counter)
{
	for (int i = head + 1; i < function_node(function, head)->no; i++) {
		const struct ir_node *node = function_node(function, i);

		if (node->kind == IR_TEST && node->lhs == counter && node->op == IR_OP_LT)
			return set_in_loop(function, head, node->rhs) ? NULL : node->rhs;
	}
	return NULL;
}

struct range range_of_loop(struct expr_pool *pool, const struct function *function, int head,
			   int release)
{
	const struct expr *entry = function_releases(function, release) ?
		entry_of(function, head, release) : NULL;
	const struct expr *base = entry ? expr_base(entry) : NULL;
	const struct expr *counter = entry ? expr_offset(pool, entry) : NULL;
	const struct expr *count = function_count(function, release);
	struct range range = { 0 };

	if (!expr_is_name(counter) || (count && !expr_is_number(count, 1)) ||
	    expr_is_of_result(base) || ir_loop_around(function->ir, release) != head ||
	    is_conditional(function, head, release, counter) || set_in_loop(function, head, base))
		return range;
	switch (direction_of(function, head, counter)) {
	case IR_OP_ADD_ASSIGN:
		range.from = start_of(function, head, counter);
		range.to = bound_of(function, head, counter);
		break;
	case IR_OP_SUB_ASSIGN:
		range.from = expr_number(pool, 0);
		break;
	default:
		break;
	}
	if (range.from || range.to)
		range.base = base;
	return range;
}

bool range_equal(const struct range *a, const struct range *b)
{
	return a->base == b->base && a->from == b->from && a->to == b->to && a->one == b->one;
}

bool ranges_meet(const struct range *a, const struct range *b)
{
	if (!a->base || a->base != b->base || a->one != b->one)
		return false;
	return a->one || (a->from && a->from == b->from) || (a->to && a->to == b->to);
}

/* An entry, or a member of one, of something in the same object: perhaps of the same array. */
static bool may_be_entry(const struct expr *lhs, const struct expr *base)
{
	return expr_root(lhs) == expr_root(base) &&
	       (expr_is_within(lhs, base) || expr_has_op(lhs, EXPR_INDEX) ||
		expr_has_op(lhs, EXPR_DEREF));
}

void range_forget(struct range *range, const struct expr *lhs)
{
	if (!range->base)
		return;
	if (expr_base(lhs) == range->base || expr_contains(range->base, lhs) ||
	    may_be_entry(lhs, range->base) ||
	    (range->to && expr_contains(range->to, lhs)))
		*range = (struct range){ 0 };
	else if (range->from && expr_contains(range->from, lhs))
		range->from = NULL;
}

/* Nothing but members and addresses: no number that its caller may not have. */
static bool is_plain_access(const struct expr *e)
{
	for (; e->a; e = e->a)
		if (e->b)
			return false;
	return true;
}

const struct expr *expr_of_callee(struct expr_pool *pool, const struct function *callee,
				  const struct ir_node *call, const struct expr *e)
{
	int param = function_param_of(callee, e);
	const struct expr *argument = param >= 0 ? node_argument(call, param) : NULL;

	if (e->op == EXPR_NUMBER && e->number >= 0)
		return e;
	if (!argument || argument->unknown || !is_plain_access(e))
		return NULL;
	return expr_replace_root(pool, e, expr_root(e), argument);
}

struct range range_of_callee(struct expr_pool *pool, const struct function *callee,
			     const struct ir_node *call, const struct range *inside)
{
	const struct expr *array = inside->base ?
		expr_of_callee(pool, callee, call, inside->base) : NULL;
	const struct expr *base = array ? expr_base(array) : NULL;
	const struct expr *from = array ? expr_offset(pool, array) : NULL;
	struct range range = { 0 };

	if (!array || (inside->one && (array != base || expr_has_op(array, EXPR_INDEX))))
		return range;
	range.base = base;
	range.one = inside->one;
	if (range.one)
		return range;
	range.from = inside->from ? expr_of_callee(pool, callee, call, inside->from) : NULL;
	range.to = inside->to ? expr_of_callee(pool, callee, call, inside->to) : NULL;
	if (!expr_is_number(from, 0)) {	/* (pages + from, n) */
		bool whole = expr_is_number(range.from, 0);

		range.from = whole ? from : NULL;
		range.to = whole && range.to ? end_of(from, range.to) : NULL;
	}
	return range;
}
