// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/checker_context.h"
#include "checkers/node_order.h"

/*
 * A loop that only releases changes a number that is read behind it: one call in place of the
 * loop would not.
 *
 *	while (n--)
 *		put_page(pages[n]);
 *	return n;
 */

/* Calls in the loop only release, dirty and look. */
static bool only_releases(const struct function *function, int head)
{
	for (int i = head + 1; i < function_node(function, head)->no; i++)
		if (function_node(function, i)->kind == IR_CALL &&
		    !function_known(function, i, KNOW_LOCK) &&
		    (!function->calls[i] || function_has_role(function, i, ROLE_ACQUIRE)))
			return false;
	return true;
}

static bool changes_number(const struct ir_node *node)
{
	enum expr_op root = node->kind == IR_SET ? expr_root(node->lhs)->op : EXPR_UNKNOWN;

	return root != EXPR_UNKNOWN && root != EXPR_TEMP && node->op != IR_OP_ASSIGN &&
	       node->op != IR_OP_DECLARE && node->type != IR_TYPE_POINTER;
}

static void look(struct checker_context *context, const struct function *function, int release)
{
	const char *callee = node_callee(function_node(function, release));
	int head = ir_loop_around(function->ir, release), end;

	if (head < 0 || !only_releases(function, head))
		return;
	end = function_node(function, head)->no;
	for (int i = head + 1; i < end; i++) {
		const struct ir_node *set = function_node(function, i);
		int read = changes_number(set) ? node_reading_after(function, end, set->lhs) : -1;
		g_autofree char *number = read < 0 ? NULL : expr_print(set->lhs);

		if (read >= 0)
			check_hazard(context, function, release, "count-used-later",
				     reason_new(REASON_NUMBER_READ_LATER, "ssd", callee, number,
						function_node(function, read)->line));
	}
}

static void run(struct checker_context *context)
{
	check_releases(context, false, look);
}

static const struct finding_detail details[] = {
	{ "count-used-later", "The loop of the release changes a number that is read behind it",
	  "Keep the loop, or give the number the value that it would have." },
	{ NULL },
};
const struct checker check_count_used_later = {
	.kind = &hazard_kind, .details = details, .run = run,
};
