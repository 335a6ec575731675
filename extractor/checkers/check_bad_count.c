// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/acquire_model.h"
#include "checkers/checker_context.h"
#include "checkers/path_lines.h"

/*
 * More is released than came, and that is wrong as it is: the errno of a failed acquire is the
 * count; or entries are released that it did not fill.
 *
 *	n = pin_user_pages_fast(start, wanted, 0, pages);
 *	if (n != wanted)
 *		unpin_user_pages(pages, wanted);
 *
 * Or all that were requested are used, or said to be there: path_short.c.
 * Or as many are released as came, from the start of an array that was filled further on.
 * Where it does no harm today, it is a hazard: check_negative_count.c, check_entries.c.
 */

#define NEGATIVE "negative-count"
#define NULL_ENTRY "null-entry"
#define UNINITIALISED "uninitialised-entry"
#define RANGE "range"
#define STALE "stale-entry"
#define FEWER "fewer-pages"

/* "page = NULL" comes somewhere before the event. */
static bool is_set_to_null(const struct function *function, const struct expr *place, int before)
{
	for (int i = 0; expr_is_name(place) && i < before; i++) {
		const struct ir_node *node = function_node(function, i);

		if (node_sets(node, place) && expr_is_number(node->rhs, 0))
			return true;
	}
	return false;
}

/* The array was allocated as zero, or the one page set to NULL, by this function. */
static bool is_zeroed(const struct function *function, const struct path_event *event)
{
	if (event_is_zeroed(function, event))
		return true;
	if (!function->calls[event->node] || function_count(function, event->node))
		return false;
	for (int i = 0; i < event->place_count; i++)
		if (is_set_to_null(function, event->places[i], event->node))
			return true;
	return false;
}

/* The entry is tested, and is not NULL: it is what the acquire had come to before it gave up. */
static bool is_stale(const struct path_result *result, const struct path_event *event)
{
	return event->nothing && result->query.start &&
	       acquire_is_lockless(result->query.function, result->query.start);
}

static const char *count_detail(const struct path_result *result, const struct path_event *event)
{
	if (event->kind == EVENT_NEGATIVE)
		return NEGATIVE;
	if (event->kind == EVENT_RANGE)
		return RANGE;
	if (event->kind == EVENT_FEWER)
		return FEWER;
	if (is_stale(result, event))
		return STALE;
	return is_zeroed(result->query.function, event) ? NULL_ENTRY : UNINITIALISED;
}

/* A call, a loop or a return takes all pages to be there. */
static struct reason *fewer_message(const struct ir_node *node, const char *callee,
				    struct reason *origin)
{
	if (node->kind == IR_RETURN)
		return reason_new(REASON_RETURNED_FEWER, "r", origin);
	if (node->kind == IR_LOOP)
		return reason_new(REASON_LOOPED_FEWER, "r", origin);
	return reason_new(REASON_USED_FEWER, "sr", callee, origin);
}

/* "for (i = 0; i <= got; i++)" */
static bool goes_further(const struct function *function, int node)
{
	const struct ir_node *loop = function_node(function, node);

	return loop->kind == IR_LOOP && function_node(function, loop->yes)->kind == IR_TEST &&
	       function_node(function, loop->yes)->op == IR_OP_LE;
}

static struct reason *message_of(const struct acquire_walk *walk, const struct path_event *event,
				 const char *release)
{
	struct reason *origin = check_origin(walk);

	if (event->kind == EVENT_FEWER)
		return fewer_message(function_node(walk->result->query.function, event->node),
				     release, origin);
	if (walk->result->query.kind == QUERY_BEFORE)
		return reason_new(REASON_RELEASED_BEFORE, "sdr", release,
				  event_line(walk->result, event), origin);
	if (function_node(walk->result->query.function, event->node)->kind == IR_SET)
		return reason_new(REASON_COUNTED_ERRNO, "r", origin);
	if (event->kind == EVENT_NEGATIVE)
		return reason_new(REASON_RELEASED_ERRNO, "sr", release, origin);
	if (event->kind == EVENT_RANGE)
		return reason_new(REASON_RELEASED_BESIDE, "sr", release, origin);
	if (!event->nothing && goes_further(walk->result->query.function, event->node))
		return reason_new(REASON_RELEASED_FURTHER, "sr", release, origin);
	return reason_new(event->nothing ? REASON_RELEASED_NONE : REASON_RELEASED_FEWER, "sr", release,
			  origin);
}

static enum reason_code last_step(enum path_event_kind kind)
{
	return kind == EVENT_NEGATIVE ? REASON_STEP_NEGATIVE :
	       kind == EVENT_RANGE ? REASON_STEP_BESIDE :
	       kind == EVENT_FEWER ? REASON_STEP_FEWER_USED : REASON_STEP_ALL_RELEASED;
}

static void look(struct checker_context *context, const struct acquire_walk *walk,
		 const struct path_event *event)
{
	const struct path_result *result = walk->result;
	const struct function *function = result->query.function;
	int node = check_release_of(result, event);
	g_autofree char *callee = node_callee_text(function_node(function, node));
	struct finding_row row = check_event_row(result, event, node);

	if (!event->wrong)
		return;
	row.kind = check_bad_count.kind->word;
	row.detail = count_detail(result, event);
	row.message = message_of(walk, event, callee);
	row.steps = path_lines(result, event, reason_new(last_step(event->kind), ""));
	finding_add(context->found, row);
}

static void run(struct checker_context *context)
{
	check_events(context, EVENT_BIT(EVENT_NEGATIVE) | EVENT_BIT(EVENT_UNFILLED) |
		     EVENT_BIT(EVENT_RANGE) | EVENT_BIT(EVENT_FEWER), look);
}

const struct finding_kind bad_count_kind = {
	.word = "bad-count",
	.title = "More pages are released or used than were acquired",
	.help = "Release and use as many as the acquire has given, and nothing where it has failed.",
	.level = "error", .sarif = "fail", .marks_site = true,
};
static const struct finding_detail details[] = {
	{ NEGATIVE, "The count of a release is an errno",
	  "Release only where the acquire has given pages: as an unsigned count an errno is a huge one." },
	{ NULL_ENTRY, "Entries are released that are NULL, as the acquire gave fewer pages or none",
	  "Release as many as the acquire has given." },
	{ UNINITIALISED, "Entries are released that were never written, as the acquire gave fewer pages or none",
	  "Release as many as the acquire has given." },
	{ STALE, "An entry is released that an acquire without a lock has written before it gave up",
	  "Ask the result of the acquire: it leaves what it had come to in the entry, without a reference." },
	{ RANGE, "As many entries are released as came, but others",
	  "Release from the entry on that the acquire was given." },
	{ FEWER, "All requested pages are used, or said to be there, though fewer may have come",
	  "Compare the result of the acquire with what was requested." },
	{ NULL },
};
const struct checker check_bad_count = { .kind = &bad_count_kind, .details = details, .run = run };
