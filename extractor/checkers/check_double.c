// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/checker_context.h"
#include "checkers/path_lines.h"

/*
 * Pages are released twice on a path, by two calls or loops, or by a callee and its caller,
 * and no reference was taken in between.
 *
 *	put_page(page);
 *	if (error)
 *		goto out;		out: put_page(page);
 */

static void look(struct checker_context *context, const struct acquire_walk *walk,
		 const struct path_event *event)
{
	const struct path_result *result = walk->result;
	const struct function *function = result->query.function;
	const struct call_info *again = function->calls[event->node];
	struct finding_row row = {
		.kind = check_double.kind->word,
		.detail = "",
		.call = again ? again : result->query.acquire,
		.other = function->calls[event->other],
		.file = function->info->file,
		.line = event_line(result, event),
		.steps = path_lines(result, event, reason_new(REASON_STEP_AGAIN, "")),
	};

	row.message = reason_new(REASON_RELEASED_TWICE, "rdd", check_origin(walk),
				 function_node(function, event->other)->line, row.line);
	finding_add(context->found, row);
}

static void run(struct checker_context *context)
{
	check_events(context, EVENT_BIT(EVENT_DOUBLE), look);
}

const struct finding_kind double_kind = {
	.word = "double",
	.title = "A path on which pages are released twice",
	.help = "Leave one of the two releases out on this path.",
	.level = "error", .sarif = "fail", .marks_site = true,
};
const struct checker check_double = { .kind = &double_kind, .run = run };
