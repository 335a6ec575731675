// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/checker_context.h"
#include "checkers/expr_query.h"

/*
 * The head of a compound page is released, in place of the page that was acquired: the pin is
 * of the page.
 *
 *	put_page(compound_head(page));
 */

static bool is_head(const struct function *function, const struct expr *value)
{
	int call = expr_result_node(value);

	return call > 0 && call < function->ir->count && function_known(function, call, KNOW_HEAD);
}

static void look(struct checker_context *context, const struct function *function, int release)
{
	const struct ir_node *node = function_node(function, release);
	const struct expr *pages = function_pages(function, release);
	const struct expr *base = pages ? expr_base(pages) : NULL;
	int line = base && is_head(function, base) ? node->line : 0;

	for (int i = 0; base && !line && i < function->ir->count; i++)
		if (node_sets(function_node(function, i), base) &&
		    is_head(function, function_node(function, i)->rhs))
			line = function_node(function, i)->line;
	if (line)
		check_hazard(context, function, release, "compound-head",
			     reason_new(REASON_HEAD_RELEASED, "sd", node_callee(node), line));
}

static void run(struct checker_context *context)
{
	check_releases(context, false, look);
}

static const struct finding_detail details[] = {
	{ "compound-head", "The head of a compound page is released, not the page that was acquired",
	  "Release the page that the acquire gave." },
	{ NULL },
};
const struct checker check_compound_head = { .kind = &hazard_kind, .details = details, .run = run };
