// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"
#include "checkers/expr_query.h"
#include "checkers/later_call.h"

/*
 * A function releases pages of its caller's object as it fails, and leaves the number of them, or
 * the pointer, as it was: the function that cleans up such an object releases them again.
 *
 *	if (map(depot) < 0) {
 *		unpin_user_pages(depot->pages, depot->nr);
 *		return -EIO;		depot->nr stands
 *	}
 *	void depot_close(struct depot *depot) {
 *		unpin_user_pages(depot->pages, depot->nr);
 *		depot->nr = 0;
 *
 * Only where the latter writes the number or the pointer back itself: it may be called whether
 * there are pages or not. Of a function all of whose callers are seen, these are followed.
 */

/* An error behind a release of entries that the object still names. */
static bool leaves_standing(const struct function *function, const struct path_event *exit)
{
	const struct range *range = &exit->range;

	return exit->ownership == OWNERSHIP_RELEASED && exit->value.signs == SIGN_NEG &&
	       range->base && range->base->a && function_param_of(function, range->base) >= 0 &&
	       (range->one || (range->to && expr_is_member(range->to) &&
			       expr_root(range->to) == expr_root(range->base)));
}

static bool frees(const struct function *function, const struct expr *object)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct known *known = function_known(function, i, KNOW_FREE);

		if (known && node_argument(function_node(function, i), known->index) == object)
			return true;
	}
	return false;
}

/* Behind the release, "obj->nr = 0" or "obj->pages = NULL". */
static bool writes_back(const struct path_result *result, int release)
{
	const struct function *function = result->query.function;
	const struct range *range = &result->query.released;

	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);

		if (node->kind == IR_SET && node->op == IR_OP_ASSIGN &&
		    expr_is_number(node->rhs, 0) &&
		    (node->lhs == range->to || node->lhs == range->base) &&
		    ir_reaches(function->ir, release, i, -1))
			return true;
	}
	return false;
}

static void look_at_event(struct checker_context *context, const struct later_call *later,
			  const struct path_event *event)
{
	const struct function *earlier = later->walk->result->query.function;
	int release = check_release_of(later->result, event);
	struct finding_row row = check_event_row(later->result, event, release);

	if (!writes_back(later->result, release) || later_is_open(later, event, true))
		return;
	row.kind = check_standing.kind->word;
	row.detail = "";
	row.line = function_node(later->result->query.function, release)->line;
	row.message = reason_new(REASON_RELEASED_STANDING, "rss", check_origin(later->walk),
				 earlier->info->name, later->result->query.function->info->name);
	row.steps = later_lines(later, event, reason_new(REASON_STEP_STANDING, ""),
				reason_new(REASON_STEP_AGAIN, ""));
	finding_add(context->found, row);
}

static void look_at_later(struct checker_context *context, const struct later_call *later,
			  void *data)
{
	const GArray *events = later->result->events;

	(void)data;
	for (guint i = 0; i < events->len; i++) {
		const struct path_event *event = &g_array_index(events, struct path_event, i);

		if (event->kind == EVENT_DOUBLE)
			look_at_event(context, later, event);
	}
}

static void look(struct checker_context *context, const struct acquire_walk *walk,
		 const struct path_event *event)
{
	const struct function *function = walk->result->query.function;

	if ((function->info->is_static && !function->info->taken) ||
	    !leaves_standing(function, event) || frees(function, expr_root(event->range.base)))
		return;
	each_later_call(context, walk, event, true, look_at_later, NULL);
}

static void run(struct checker_context *context)
{
	check_events(context, EVENT_BIT(EVENT_EXIT), look);
}

const struct checker check_standing = { .kind = &double_kind, .run = run };
