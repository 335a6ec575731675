// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/later_call.h"

/*
 * Fewer pages came than requested. They stay in the caller's object, beside the number that was
 * requested: the function that cleans up such an object releases as many.
 *
 *	tray->nr = pages_of(size);
 *	got = pin_user_pages_fast(addr, tray->nr, 0, tray->pages);
 *	if (got != tray->nr)
 *		return -EFAULT;			tray->nr stands
 *	void tray_empty(struct tray *tray) {
 *		unpin_user_pages(tray->pages, tray->nr);
 *
 * If nobody cleans up behind the error, what came is lost; either is wrong.
 */

static void look_at_later(struct checker_context *context, const struct later_call *later,
			  void *data)
{
	const struct function *function = later->result->query.function;
	const GArray *events = later->result->events;

	(void)data;
	for (guint i = 0; i < events->len; i++) {
		const struct path_event *event = &g_array_index(events, struct path_event, i);
		struct finding_row row;
		int release;

		if (event->kind != EVENT_UNFILLED || !event->wrong ||
		    later_is_open(later, event, true))
			continue;
		release = check_release_of(later->result, event);
		row = check_event_row(later->result, event, release);
		row.kind = bad_count_kind.word;
		row.detail = "uninitialised-entry";
		row.line = function_node(function, release)->line;
		row.message = reason_new(REASON_RELEASED_FEWER_LATER, "srs",
					 node_callee(function_node(function, release)),
					 check_origin(later->walk),
					 later->walk->result->query.function->info->name);
		row.steps = later_lines(later, event, reason_new(REASON_STEP_STANDING, ""),
					reason_new(REASON_STEP_ALL_RELEASED, ""));
		finding_add(context->found, row);
	}
}

static void look(struct checker_context *context, const struct acquire_walk *walk,
		 const struct path_event *event)
{
	if (event->fewer && event->ownership == OWNERSHIP_OWNED &&
	    event->value.relation != REL_SHORT)	/* the caller is told by the result */
		each_later_call(context, walk, event, false, look_at_later, NULL);
}

static void run(struct checker_context *context)
{
	check_events(context, EVENT_BIT(EVENT_EXIT), look);
}

const struct checker check_later_short = { .kind = &bad_count_kind, .run = run };
