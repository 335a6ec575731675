// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/checker_context.h"
#include "checkers/expr_query.h"
#include "checkers/node_order.h"

/*
 * A flag dominates the release, and nothing is released on its other outcome: it tells pages
 * that are to be released from others.
 *
 *	if (buf->flags & OWN_PAGES)
 *		put_page(page);
 */

/* Numbers are counted and compared with each other; a flag is not. */
static bool is_number_here(const struct function *function, int node, const struct expr *e)
{
	const struct ir_node *at = function_node(function, node);

	switch (at->kind) {
	case IR_CALL:
		return function_count(function, node) == e;
	case IR_TEST:
		return at->op != IR_OP_EQ && at->op != IR_OP_NE && (at->lhs == e || at->rhs == e);
	case IR_SET:
		return at->lhs == e && at->op != IR_OP_ASSIGN && at->op != IR_OP_DECLARE;
	default:
		return false;
	}
}

static bool is_arithmetic(const struct expr *e)
{
	return e->op == EXPR_ADD || e->op == EXPR_SUB || e->op == EXPR_MUL || e->op == EXPR_DIV;
}

/* "flags & OWN", "obj->own": about the pages, no count and no error. */
static bool is_flag(const struct function *function, const struct ir_node *test)
{
	const struct expr *e = test->lhs;

	if (test->kind != IR_TEST || test->warned || !expr_is_number(test->rhs, 0) ||
	    test->type == IR_TYPE_POINTER || e->unknown || expr_has_op(e, EXPR_RESULT) ||
	    expr_root(e)->op == EXPR_GLOBAL)
		return false;
	if (e->op == EXPR_AND)
		return expr_is_constant(e->b);
	if (expr_has_op(e, EXPR_INDEX))	/* of one entry: it is there or not */
		return false;
	if (test->type != IR_TYPE_UNSIGNED || is_arithmetic(e) ||
	    (expr_is_name(e) && function_is_local(function, e)))
		return false;
	for (int i = 0; i < function->ir->count; i++)
		if (is_number_here(function, i, e))
			return false;
	return true;
}

/* On the other outcome, something else releases pages of the same name. */
static bool other_side_releases(const struct function *function, int release, int test, int outcome)
{
	const struct expr *base = expr_base(function_pages(function, release));
	const struct ir_node *node = function_node(function, test);

	for (int i = 0; i < function->ir->count; i++) {
		const struct expr *pages = function_has_role(function, i, ROLE_RELEASE) ?
			function_pages(function, i) : NULL;

		if (pages && i != release && expr_base(pages) == base &&
		    ir_reaches(function->ir, outcome ? node->no : node->yes, i, -1))
			return true;
	}
	return false;
}

/* The very same test decides whether there is an acquire at all. */
static bool guards_acquire(const struct function *function, int test)
{
	for (int i = 0; i < function->ir->count; i++)
		if (function_has_role(function, i, ROLE_ACQUIRE) &&
		    ir_deciding_outcome(function->ir, test, i) >= 0)
			return true;
	return false;
}

/* The outcome of the test by which alone the flag lets the release be reached, or -1. */
static int flag_outcome(const struct function *function, int test, int release)
{
	int outcome = is_flag(function, function_node(function, test)) ?
		ir_deciding_outcome(function->ir, test, release) : -1;

	if (outcome < 0 || other_side_releases(function, release, test, outcome) ||
	    guards_acquire(function, test) ||
	    node_is_skipped_by_return(function, test, outcome, release))
		return -1;
	return outcome;
}

/* mem_map + number: the page of a number that was kept, where a test shows that there is one. */
static bool is_of_number(const struct function *function, int release)
{
	const struct expr *page = function_pages(function, release);

	for (int i = 0; page && i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);

		if (node->kind == IR_SET && node->lhs == page && node->rhs &&
		    node->rhs->op == EXPR_ADD &&
		    (node->rhs->a->op == EXPR_GLOBAL || node->rhs->a->op == EXPR_NUMBER))
			return true;
	}
	return false;
}

static void look(struct checker_context *context, const struct function *function, int release)
{
	for (int i = release - 1; function_pages(function, release) && i >= 0; i--) {
		const struct ir_node *test = function_node(function, i);
		int outcome = flag_outcome(function, i, release);
		g_autofree char *flag = outcome < 0 ? NULL : expr_print(test->lhs);

		if (outcome < 0 || is_of_number(function, release))
			continue;
		check_hazard(
			context, function, release, "own-or-foreign",
			reason_new(REASON_FLAG_TELLS, "sssd",
				   node_callee(function_node(function, release)), flag,
				   outcome == (test->op == IR_OP_NE) ? "!=" : "==", test->line));
		return;
	}
}

static void run(struct checker_context *context)
{
	check_releases(context, true, look);
}

static const struct finding_detail details[] = {
	{ "own-or-foreign", "A flag marks the pages to release",
	  "Keep the flag: only pages of the acquire may be given to unpin_user_page*()." },
	{ NULL },
};
const struct checker check_own_or_foreign = {
	.kind = &hazard_kind, .details = details, .run = run,
};
