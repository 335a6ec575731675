// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/expr_query.h"
#include "checkers/later_call.h"

/*
 * An object tells by a member whether its pages are a user's, and the function that cleans up
 * releases them the other way where it is told that they are.
 *
 *	load->notifier = notifier;		with pages of pin_user_pages()
 *
 *	if (load->owner) {
 *		user = load->notifier != NULL;
 *		load->owner = NULL;
 *	}
 *	...	user ? unpin_user_page(page) : put_page(page);
 *
 * Which member tells is seen from the function that cleans up: where that is 0, no path of it
 * releases such pages the right way, and where it is as the earlier function left it, one does.
 */

/* Releases on the paths of a run: right ones, and those of the other kind. */
struct release_ends {
	int right;
	int crossed;
};

static struct release_ends ends_of(const struct path_result *result)
{
	struct release_ends ends = { 0, 0 };

	for (guint i = 0; i < result->events->len; i++) {
		const struct path_event *event = &g_array_index(result->events, struct path_event,
								i);

		if (event->kind != EVENT_EXIT || event->ownership != OWNERSHIP_RELEASED)
			continue;
		ends.right += !event->crossed;
		ends.crossed += event->crossed;
	}
	return ends;
}

/* Where the member is 0, the pages are none of the acquire's. */
static bool tells(struct checker_context *context, const struct later_call *later,
		  const struct known_value *member)
{
	struct path_result *result;
	struct release_ends ends;

	if (member->value.signs & SIGN_ZERO)
		return false;
	result = later_run(context, later, false, member->of);
	ends = ends_of(result);
	path_result_free(result);
	return ends.crossed && !ends.right;
}

static void report(struct checker_context *context, const struct later_call *later,
		   const struct path_event *event, const struct expr *member)
{
	const struct function *function = later->function;
	struct finding_row row = check_event_row(later->result, event, event->other);
	g_autofree char *callee = node_callee_text(function_node(function, event->other));
	g_autofree char *text = expr_print(member);

	row.kind = mismatched_kind.word;
	row.detail = "";
	row.line = function_node(function, event->other)->line;
	row.message = reason_new(REASON_RELEASED_UNTOLD, "srs", callee, check_origin(later->walk),
				 text);
	row.steps = later_lines(later, event, reason_new(REASON_STEP_TOLD, "s", text),
				reason_new(REASON_STEP_OTHER_KIND, ""));
	finding_add(context->found, row);
}

static void look_at_later(struct checker_context *context, const struct later_call *later,
			  void *data)
{
	const GArray *left = later->exit->left, *events = later->result->events;
	const struct known_value *teller = NULL;
	struct release_ends ends = ends_of(later->result);

	(void)data;
	if (!ends.crossed || !ends.right)
		return;
	for (guint i = 0; !teller && i < left->len; i++) {
		const struct known_value *member = &g_array_index(left, struct known_value, i);

		if (tells(context, later, member))
			teller = member;
	}
	for (guint i = 0; teller && i < events->len; i++) {
		const struct path_event *event = &g_array_index(events, struct path_event, i);

		if (event->kind == EVENT_CROSSED)
			report(context, later, event, teller->of);
	}
}

static void look(struct checker_context *context, const struct acquire_walk *walk,
		 const struct path_event *event)
{
	if (event->ownership == OWNERSHIP_OWNED && event->left && !(event->value.signs & SIGN_NEG))
		each_later_call(context, walk, event, false, look_at_later, NULL);
}

static void run(struct checker_context *context)
{
	check_events(context, EVENT_BIT(EVENT_EXIT), look);
}

const struct checker check_crossed_later = { .kind = &mismatched_kind, .run = run };
