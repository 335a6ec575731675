// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/dirtying.h"

/*
 * set_page_dirty() or SetPageDirty() of an acquired page, without the page's lock: the page
 * may lose its buffers or mapping meanwhile. set_page_dirty() walks into these, so that it is
 * wrong; SetPageDirty() only sets the flag, and is left for who converts the release.
 */

/* The lock of a page is taken at a node before, in this function. */
static bool is_locked(const struct function *function, int to)
{
	for (int i = 0; i < to; i++)
		if (function_has_detail(function, i, KNOW_PAGE_LOCK, KNOWN(ENTER)))
			return true;
	return false;
}

static void look(struct checker_context *context, const struct function *function, int call,
		 const struct call_info *acquire, void *data)
{
	const struct ir_node *node = function_node(function, call);
	struct finding_row row = {
		.kind = hazard_kind.word, .detail = "unlocked-dirty", .call = function->calls[call],
		.other = acquire, .file = function->info->file, .line = node->line,
	};
	const struct graph *graph = context->program->graph;

	(void)data;
	if (dirtying_sleeps(function, call) || is_locked(function, call))
		return;
	if (context->pins && row.call->detail == DETAIL_ANY &&
	    !dirtying_is_of_others(context, function, call) &&
	    !graph_is_core_path(graph, graph_path(graph, row.file))) {
		row.kind = dirty_kind.word;
		row.detail = "unlocked";
	}
	row.message = reason_new(REASON_DIRTY_UNLOCKED, "ss", node_callee(node), acquire->callee);
	finding_add(context->found, row);
}

static void run(struct checker_context *context)
{
	check_dirtying(context, look, NULL);
}

static const struct finding_detail details[] = {
	{ "unlocked-dirty", "An acquired page is dirtied without its lock",
	  "Use the form that takes the lock, set_page_dirty_lock(), or a release that does." },
	{ NULL },
};
const struct checker check_unlocked_dirty = {
	.kind = &hazard_kind, .details = details, .run = run,
};
