// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/checker_context.h"
#include "checkers/expr_query.h"

/*
 * The wrong side of an array. A number of it is where its entries that are left begin:
 *
 *	slot->page = desk->pages[desk->head++];
 *	unpin_user_pages(desk->pages + desk->head, desk->tail - desk->head);
 *
 * As many as are left are (tail - head) of them; from the start of the array they are others.
 */

/* The same members of objects that are perhaps one; or the very same variables. */
static bool may_be_same(const struct expr *a, const struct expr *b)
{
	for (; expr_is_member(a) && expr_is_member(b); a = a->a, b = b->a)
		if (a->name != b->name || (a->op != b->op && a->a->a && b->a->a))
			return false;
	return a == b || (a->op == EXPR_LOCAL && b->op == EXPR_LOCAL);
}

/* "list[i++]": the number is one more by then. */
static const struct expr *number_counted(const struct expr *index)
{
	return index->op == EXPR_SUB && expr_is_number(index->b, 1) ? index->a : index;
}

/* array[index] is anywhere in it. */
static bool reads_entry(const struct expr *e, const struct expr *array, const struct expr *index,
			bool exact)
{
	if (!e)
		return false;
	if (e->op == EXPR_INDEX) {
		const struct expr *number = number_counted(e->b);

		if (exact ? e->a == array && number == index :
			    expr_is_member(e->a) && expr_is_member(number) &&
			    may_be_same(e->a, array) && may_be_same(number, index))
			return true;
	}
	return reads_entry(e->a, array, index, exact) || reads_entry(e->b, array, index, exact);
}

static bool node_reads_entry(const struct ir_node *node, const struct expr *array,
			     const struct expr *index, bool exact)
{
	bool reads = reads_entry(node->rhs, array, index, exact) ||
		     (node->kind == IR_TEST && reads_entry(node->lhs, array, index, exact));

	for (int i = 0; node->kind == IR_CALL && i < node->arg_count; i++)
		reads |= reads_entry(node->args[i], array, index, exact);
	return reads;
}

static bool function_reads_entry(const struct function *function, const struct expr *array,
				 const struct expr *index, bool exact)
{
	for (int i = 0; i < function->ir->count; i++)
		if (node_reads_entry(function_node(function, i), array, index, exact))
			return true;
	return false;
}

/* Some function of the file takes the entry of that number; of local variables, this one. */
static bool is_taken(const struct checker_context *context, const struct function *function,
		     const struct expr *array, const struct expr *index)
{
	const GPtrArray *functions = context->program->functions;

	if (function_reads_entry(function, array, index, true))
		return true;
	for (guint i = 0; expr_is_member(array) && i < functions->len; i++) {
		const struct function *other = functions->pdata[i];

		if (other->info->file == function->info->file &&
		    function_reads_entry(other, array, index, false))
			return true;
	}
	return false;
}

/* The variable is led through the array, or is one of several numbers. */
static bool is_moved(const struct function *function, const struct expr *array)
{
	for (int i = 0; expr_is_name(array) && i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);

		if (node_sets(node, array) && node->op != IR_OP_ASSIGN && node->op != IR_OP_DECLARE)
			return true;
	}
	return false;
}

/* A test says that the number is less than the bound: "i < n". */
static bool is_below(const struct function *function, const struct expr *number,
		     const struct expr *bound)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *test = function_node(function, i);

		if (test->kind == IR_TEST && test->op == IR_OP_LT && test->lhs == number &&
		    test->rhs == bound)
			return true;
	}
	return false;
}

static void look(struct checker_context *context, const struct function *function, int release)
{
	const struct expr *pages = function_pages(function, release);
	const struct expr *count = function_count(function, release);
	const struct expr *array = pages ? expr_base(pages) : NULL;
	const struct expr *from = array ? expr_offset(context->program->pool, pages) : NULL;
	const char *callee = node_callee(function_node(function, release));

	if (!count || array->unknown || count->unknown || from->unknown ||
	    is_moved(function, array))
		return;
	if (expr_is_number(from, 0) && count->op == EXPR_SUB && count->b->op != EXPR_NUMBER &&
	    is_taken(context, function, array, count->b))
		check_finding(context, &bad_count_kind, function, release, "range",
			      reason_new(REASON_RELEASED_LEFT, "s", callee));
	else if ((expr_is_name(from) || expr_is_member(from)) && is_below(function, from, count))
		check_finding(context, &bad_count_kind, function, release, "range",
			      reason_new(REASON_RELEASED_PAST, "s", callee));
}

static void run(struct checker_context *context)
{
	check_releases(context, true, look);
}

const struct checker check_window = { .kind = &bad_count_kind, .run = run };
