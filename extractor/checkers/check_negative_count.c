// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/checker_context.h"

/*
 * The acquire has failed, and its errno is a loop's bound or the count of a release: a loop
 * over int ends at once, a function that takes an unsigned long does not.
 *
 *	n = get_user_pages(...);
 *	for (i = 0; i < n; i++)
 *		put_page(pages[i]);
 */

static struct reason *message_of(const struct path_result *result, const struct path_event *event)
{
	const struct ir_node *node = function_node(result->query.function, event->node);
	const struct call_info *acquire = result->query.acquire;
	g_autofree char *callee = node_callee_text(node);

	if (node->kind == IR_LOOP)
		return reason_new(REASON_NEGATIVE_BOUND, "sd", acquire->callee, acquire->line);
	return reason_new(REASON_NEGATIVE_COUNT, "ssd", callee, acquire->callee, acquire->line);
}

static void look(struct checker_context *context, const struct acquire_walk *walk,
		 const struct path_event *event)
{
	if (!walk->through && !event->wrong)	/* else it is a finding: check_bad_count.c */
		check_event_hazard(context, event, walk->result, "negative-count",
				   reason_new(REASON_STEP_NEGATIVE, ""),
				   message_of(walk->result, event));
}

static void run(struct checker_context *context)
{
	check_events(context, EVENT_BIT(EVENT_NEGATIVE), look);
}

static const struct finding_detail details[] = {
	{ "negative-count", "The count of a release may be an errno",
	  "Release only where the acquire has given pages; unsigned long makes the count a huge one." },
	{ NULL },
};
const struct checker check_negative_count = {
	.kind = &hazard_kind, .details = details, .run = run,
};
