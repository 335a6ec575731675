// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/checker_context.h"
#include "checkers/node_order.h"

/*
 * Entries of the array that have no page: more are released than were acquired, or the release
 * is guarded by a test for NULL. put_user_pages() and unpin_user_pages() do not test.
 *
 *	for (i = 0; i < wanted; i++)
 *		if (pages[i])
 *			put_page(pages[i]);
 */

#define NULL_ENTRY "null-entry"
#define UNINITIALISED "uninitialised-entry"

/* All that were requested are released, after fewer came. */
static void look_at_event(struct checker_context *context, const struct acquire_walk *walk,
			  const struct path_event *event)
{
	const struct path_result *result = walk->result;
	const struct function *function = result->query.function;
	const struct call_info *acquire = result->query.acquire;
	int release = check_release_of(result, event);
	bool zeroed = event_is_zeroed(function, event);

	if (event->wrong)	/* a finding: check_bad_count.c */
		return;
	if (walk->through || (function->calls[release] && node_null_guard(function, release) >= 0))
		return;
	check_event_hazard(context, event, result, zeroed ? NULL_ENTRY : UNINITIALISED,
			   reason_new(REASON_STEP_ALL_RELEASED, ""),
			   reason_new(zeroed ? REASON_FEWER_NULL : REASON_FEWER_UNWRITTEN, "sd",
				      acquire->callee, acquire->line));
}

static void look_at_release(struct checker_context *context, const struct function *function,
			    int release)
{
	int number = node_null_guard(function, release);
	const struct ir_node *test = number < 0 ? NULL : function_node(function, number);
	g_autofree char *tested = test ? expr_print(test->lhs) : NULL;

	if (test)
		check_hazard(context, function, release, NULL_ENTRY,
			     reason_new(REASON_NULL_TESTED, "dsss", test->line, tested,
					ir_op_text(test->op),
					node_callee(function_node(function, release))));
}

static void run(struct checker_context *context)
{
	check_events(context, EVENT_BIT(EVENT_UNFILLED), look_at_event);
	check_releases(context, false, look_at_release);
}

static const struct finding_detail details[] = {
	{ NULL_ENTRY, "Entries of the array may be NULL where they are released",
	  "Release only entries that are there: the releases of user pages do not test." },
	{ UNINITIALISED, "More entries are released than were ever written",
	  "Release as many as the acquire has given." },
	{ NULL },
};
const struct checker check_entries = { .kind = &hazard_kind, .details = details, .run = run };
