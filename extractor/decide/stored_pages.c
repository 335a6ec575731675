// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"
#include "decide/stored_pages.h"

static bool is_given(const struct ir_node *call, const struct expr *pages)
{
	for (int i = 0; i < call->arg_count; i++)
		if (expr_contains(call->args[i], pages))
			return true;
	return false;
}

static bool stores(const struct ir_node *node, const struct expr *pages)
{
	return node->kind == IR_SET && node->lhs && node->lhs->op != EXPR_LOCAL && node->rhs &&
	       expr_base(node->rhs) == pages;
}

bool pages_are_not_stored(const struct ir_function *function, const struct expr *pages, int call)
{
	bool stored = false;

	if (!pages || pages->op != EXPR_LOCAL || ir_parameter(function, pages) >= 0 ||
	    is_given(&function->nodes[call], pages))
		return false;
	for (int i = 0; i < function->count; i++) {
		if (!stores(&function->nodes[i], pages))
			continue;
		if (ir_reaches(function, i, call, -1))
			return false;
		stored = true;
	}
	return stored;
}

bool pages_are_stored_later(const struct ir_function *function, const struct expr *pages, int call)
{
	if (!pages_are_not_stored(function, pages, call))
		return false;
	for (int i = 0; i < function->count; i++)
		if (stores(&function->nodes[i], pages) && ir_reaches(function, call, i, -1))
			return true;
	return false;
}
