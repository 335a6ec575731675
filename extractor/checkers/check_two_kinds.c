// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/dominators.h"
#include "checkers/checker_context.h"
#include "checkers/expr_query.h"

/*
 * A function is given an array of pages, and drops its entries one way here and the other way
 * there, and nothing that it tests tells one from the other: one of the two is wrong.
 *
 *	for (i = 0; i < n; i++) {
 *		if (refused(pages[i]))
 *			goto err;
 *		unpin_user_page(pages[i]);
 *	}
 *	err: while (++i < n)
 *		put_page(pages[i]);
 *
 * Not where a further reference of the entry is taken, nor where one of the two may follow the
 * other on the same entry: then each drops a reference of its own.
 */

/* An entry of an array that the function is given, which the call drops by a reference; or NULL. */
static const struct expr *dropped_entry(const struct function *function, int call)
{
	const struct expr *pages = function_is_plain_release(function, call) ?
		function_pages(function, call) : NULL;
	const struct expr *count = pages ? function_count(function, call) : NULL;

	if (!pages || (count && !expr_is_number(count, 1)))
		return NULL;
	pages = expr_without_address(pages);
	return pages->op == EXPR_INDEX && !pages->unknown && expr_is_name(pages->b) &&
	       function_param_of(function, pages->a) >= 0 ? pages : NULL;
}

static bool is_pin(const struct function *function, int call)
{
	return function->calls[call]->family == FAMILY_PIN;
}

/* A reference of the entry is taken, of whichever page of the array. */
static bool takes_reference(const struct function *function, const struct expr *array)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *call = function_node(function, i);

		if (!function_known(function, i, KNOW_REF))
			continue;
		for (int a = 0; a < call->arg_count; a++)
			if (expr_base(call->args[a]) == array)
				return true;
	}
	return false;
}

/* Behind the one, the other comes to the same entry: it is neither written nor counted past. */
static bool follows(const struct function *function, int first, int second,
		    const struct expr *entry)
{
	g_autofree bool *ends = g_new0(bool, function->ir->count);

	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);

		ends[i] = node->kind == IR_SET && (node->lhs == entry || node->lhs == entry->b);
	}
	return ir_leads_around(function->ir, first, second, ends, IR_EDGES_CONTROL);
}

/* The test asks a function about an entry of the array: that tells nothing of its reference. */
static bool asks_entry(const struct function *function, int test, const struct expr *array)
{
	int call = expr_result_node(function_node(function, test)->lhs);

	for (int i = 0; call >= 0 && i < function_node(function, call)->arg_count; i++)
		if (expr_base(function_node(function, call)->args[i]) == array)
			return true;
	return false;
}

/* Some other test comes to the one on its one outcome, and to the other on its other one. */
static bool are_told_apart(const struct function *function, int pin, int put,
			   const struct expr *array)
{
	for (int i = 0; i < function->ir->count; i++) {
		int first = function_node(function, i)->kind == IR_TEST ?
			ir_deciding_outcome(function->ir, i, pin) : -1;
		int second = first < 0 ? -1 : ir_deciding_outcome(function->ir, i, put);

		if (second >= 0 && first != second && !asks_entry(function, i, array))
			return true;
	}
	return false;
}

static bool are_apart(const struct function *function, int pin, int put)
{
	const struct expr *one = dropped_entry(function, pin);
	const struct expr *other = dropped_entry(function, put);

	return !one || !other || one->a != other->a || takes_reference(function, one->a) ||
	       are_told_apart(function, pin, put, one->a) ||
	       (one->b == other->b && (follows(function, pin, put, one) ||
				       follows(function, put, pin, one)));
}

static void report(struct checker_context *context, const struct function *function, int pin,
		   int put)
{
	g_autofree char *callee = node_callee_text(function_node(function, put));
	g_autofree char *right = node_callee_text(function_node(function, pin));

	check_finding(context, &mismatched_kind, function, put, "",
		      reason_new(REASON_RELEASED_TWO_WAYS, "ssd", callee, right,
				 function_node(function, pin)->line));
}

static void look(struct checker_context *context, const struct function *function)
{
	for (int pin = 0; pin < function->ir->count; pin++) {
		if (!dropped_entry(function, pin) || !is_pin(function, pin))
			continue;
		for (int put = 0; put < function->ir->count; put++)
			if (dropped_entry(function, put) && !is_pin(function, put) &&
			    !are_apart(function, pin, put))
				report(context, function, pin, put);
	}
}

static void run(struct checker_context *context)
{
	const GPtrArray *functions = context->program->functions;

	for (guint i = 0; context->pins && i < functions->len; i++)
		look(context, functions->pdata[i]);
}

const struct checker check_two_kinds = { .kind = &mismatched_kind, .run = run };
