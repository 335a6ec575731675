// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/checker_context.h"
#include "checkers/path_lines.h"

/*
 * The acquire has failed, and an error pointer or NULL is released: the helper returns one of
 * them, and its caller tests for the other.
 *
 *	pages = helper();		ERR_PTR(-EFAULT)
 *	if (!pages)
 *		return -EFAULT;
 *	unpin_user_pages(pages, n);
 *
 * Or the test is wrong or missing, and what is in the variable is used.
 */

/* The test of the pointer that lets the error through, or the release where there is none. */
static int line_of(const struct path_result *result, const struct path_event *event)
{
	const struct function *function = result->query.function;
	const struct expr *pages = function->calls[event->node] ?
		function_pages(function, event->node) : NULL;

	for (int i = event->trace; pages && i >= 0;) {
		const struct path_trace *trace =
			&g_array_index(result->traces, struct path_trace, i);
		const struct ir_node *node = function_node(function, trace->node);

		if (node->kind == IR_TEST && node->lhs == pages && node->type == IR_TYPE_POINTER)
			return node->line;
		i = trace->outcome ? -1 : trace->before;
	}
	return event_line(result, event);
}

static const char *word_of(enum path_event_kind kind)
{
	return kind == EVENT_NULL_POINTER ? "null-pointer" :
	       kind == EVENT_NO_PAGE ? "no-page" : "error-pointer";
}

static enum reason_code code_of(enum path_event_kind kind)
{
	return kind == EVENT_NULL_POINTER ? REASON_RELEASED_NULL :
	       kind == EVENT_NO_PAGE ? REASON_USED_UNCHECKED : REASON_RELEASED_ERROR;
}

static struct reason *message_of(const struct acquire_walk *walk, const struct path_event *event,
				 const char *callee)
{
	int line = event_line(walk->result, event);

	switch (walk->result->query.kind) {
	case QUERY_BEFORE:
		return reason_new(REASON_RELEASED_BEFORE, "sdr", callee, line, check_origin(walk));
	case QUERY_POINTER:
		return reason_new(REASON_RELEASED_AN_ERROR, "sd", callee, line);
	default:
		break;
	}
	switch (function_node(walk->result->query.function, event->node)->kind) {
	case IR_SET:
		return reason_new(REASON_READ_UNWRITTEN, "dr", line, check_origin(walk));
	case IR_RETURN:
		return reason_new(REASON_RETURNED_UNWRITTEN, "dr", line, check_origin(walk));
	default:
		return reason_new(code_of(event->kind), "sdr", callee, line, check_origin(walk));
	}
}

static void look(struct checker_context *context, const struct acquire_walk *walk,
		 const struct path_event *event)
{
	const struct path_result *result = walk->result;
	const struct function *function = result->query.function;
	g_autofree char *callee = node_callee_text(function_node(function, event->node));
	struct finding_row row = check_event_row(result, event, event->node);

	row.kind = check_bad_pointer.kind->word;
	row.detail = word_of(event->kind);
	row.line = line_of(result, event);
	row.message = message_of(walk, event, callee);
	row.steps = path_lines(result, event, reason_new(event->kind == EVENT_NO_PAGE ?
							  REASON_STEP_NO_PAGE_USED :
							  REASON_STEP_NO_PAGE, ""));
	finding_add(context->found, row);
}

static void run(struct checker_context *context)
{
	check_events(context, EVENT_BIT(EVENT_ERROR_POINTER) | EVENT_BIT(EVENT_NULL_POINTER) |
		     EVENT_BIT(EVENT_NO_PAGE), look);
}

static const struct finding_kind bad_pointer_kind = {
	.word = "bad-pointer",
	.title = "No page is there to be released or used: the acquire has failed",
	.help = "Test the result for all that it may be, and touch nothing where the acquire has failed.",
	.level = "error", .sarif = "fail", .marks_site = true,
};
static const struct finding_detail details[] = {
	{ "error-pointer", "An error pointer is released",
	  "Test it by IS_ERR(): an error pointer is not NULL." },
	{ "null-pointer", "NULL is released",
	  "Release only where there is a page: the releases of user pages do not test." },
	{ "no-page", "A page is used that did not come",
	  "Go on only where the acquire has given all requested pages." },
	{ NULL },
};
const struct checker check_bad_pointer = {
	.kind = &bad_pointer_kind, .details = details, .run = run,
};
