// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/checker_context.h"
#include "checkers/expr_query.h"
#include "checkers/path_lines.h"
#include "link/cross_pair.h"

/*
 * Pins are released as ordinary references, or the reverse, by a call that other pages come to as
 * well, so that links alone do not tell: on this path it is these pages.
 *
 *	got = pin_user_pages_fast(start, n, 0, pages);
 *	if (got < n)
 *		put_all(pages, got);		release_pages()
 *
 * Not where a flag tells the release from one of the right kind.
 */

/* A test of something that the function was given, and no result of a call. */
static bool is_of_flag(const struct function *function, int test)
{
	const struct expr *lhs = function_node(function, test)->lhs;

	return function_param_of(function, lhs) >= 0 || expr_has_op(lhs, EXPR_ARROW) ||
	       expr_root(lhs)->op == EXPR_GLOBAL;
}

/* Another release of the pages, of the right kind, is on the other outcome of a flag. */
static bool is_told_apart(const struct checker_context *context, const struct function *function,
			  int release, const struct call_info *acquire)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *call = function_node(function, i);
		int test = i != release && call->kind == IR_CALL &&
			   (function->callees[i] ||
			    (function_has_role(function, i, ROLE_RELEASE) &&
			     program_paired(context->program, acquire->id,
					    function->calls[i]->id))) ?
			nodes_told_apart(function->ir, release, i) : -1;

		if (test >= 0 && is_of_flag(function, test))
			return true;
	}
	return false;
}

static void look(struct checker_context *context, const struct acquire_walk *walk,
		 const struct path_event *event)
{
	const struct path_result *result = walk->result;
	const struct function *function = result->query.function;
	const struct graph *graph = context->program->graph;
	struct finding_row row = check_event_row(result, event, event->other);
	g_autofree char *callee = node_callee_text(function_node(function, event->other));

	if (!function_is_plain_release(function, event->other) && function->calls[event->other])
		return;		/* the allocator's: check_freed.c */
	if (graph_is_core_path(graph, graph_path(graph, row.file)) ||
	    is_told_apart(context, function, event->other, result->query.acquire))
		return;
	row.kind = mismatched_kind.word;
	row.detail = "";
	row.line = function_node(function, event->other)->line;
	row.message = reason_new(REASON_RELEASED_OTHER_KIND, "sr", callee, check_origin(walk));
	row.steps = path_lines(result, event, reason_new(REASON_STEP_OTHER_KIND, ""));
	finding_add(context->found, row);
}

static void run(struct checker_context *context)
{
	if (context->pins)
		check_events(context, EVENT_BIT(EVENT_CROSSED), look);
}

const struct checker check_crossed = { .kind = &mismatched_kind, .run = run };
