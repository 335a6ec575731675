// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/reaching_defs.h"
#include "checkers/checker_context.h"

/*
 * The errno of an acquire goes into an unsigned variable, which is asked whether it is negative: it
 * never is, and the pages of a failed acquire are taken to be there.
 *
 *	u32 n = pin_user_pages_fast(start, wanted, 0, pages);
 *	if (n < 0)
 *		return n;
 */

/* Something is released on a path that is found to be wrong already. */
static bool is_found(const struct path_result *result)
{
	for (guint i = 0; i < result->events->len; i++)
		if (g_array_index(result->events, struct path_event, i).wrong)
			return true;
	return false;
}

/* It may fail with an errno. */
static bool may_fail(const struct path_query *query)
{
	for (guint i = 0; query->kind == QUERY_PAGES && i < query->outcomes->len; i++)
		if (g_array_index(query->outcomes, struct call_outcome, i).result.signs == SIGN_NEG)
			return true;
	return false;
}

/* The value at the node is what the call has given, as an unsigned number. */
static bool is_result_at(const struct function *function, int node, const struct expr *value,
			 int call)
{
	g_autoptr(GArray) defs = NULL;

	if (value->op == EXPR_RESULT)
		return (int)value->number == call;
	defs = ir_reaching_defs(function->ir, node, value, IR_EDGES_CONTROL);
	for (guint i = 0; i < defs->len; i++) {
		const struct ir_node *set =
			function_node(function, g_array_index(defs, int, i));

		if (node_sets(set, value) && set->op == IR_OP_ASSIGN && set->rhs &&
		    set->rhs->op == EXPR_RESULT && (int)set->rhs->number == call)
			return true;
	}
	return false;
}

/* "n < 0", "n <= 0", "n >= 0" of an unsigned n */
static bool asks_for_sign(const struct ir_node *test)
{
	return test->kind == IR_TEST && test->type == IR_TYPE_UNSIGNED &&
	       expr_is_number(test->rhs, 0) &&
	       (test->op == IR_OP_LT || test->op == IR_OP_LE || test->op == IR_OP_GE);
}

static void look(struct checker_context *context, const struct acquire_walk *walk)
{
	const struct path_query *query = &walk->result->query;
	const struct function *function = query->function;
	struct finding_row row = {
		.kind = bad_count_kind.word, .detail = "lost-errno", .call = query->acquire,
		.file = function->info->file,
	};

	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *test = function_node(function, i);

		if (!asks_for_sign(test) || !is_result_at(function, i, test->lhs, query->start))
			continue;
		row.line = test->line;
		row.message = reason_new(REASON_LOST_ERRNO, "r", check_origin(walk));
		finding_add(context->found, row);
		return;
	}
}

static void run(struct checker_context *context)
{
	const GPtrArray *functions = context->program->functions;

	for (guint i = 0; i < functions->len; i++) {
		const GPtrArray *walks = acquire_walks(context->summaries, functions->pdata[i]);

		for (guint w = 0; w < walks->len; w++) {
			const struct acquire_walk *walk = walks->pdata[w];

			if (may_fail(&walk->result->query) && !is_found(walk->result))
				look(context, walk);
		}
	}
}

static const struct finding_detail details[] = {
	{ "lost-errno", "The errno of an acquire is kept as an unsigned number, and asked whether it is negative",
	  "Keep the result in an int or long." },
	{ NULL },
};
const struct checker check_lost_errno = {
	.kind = &bad_count_kind, .details = details, .run = run,
};
