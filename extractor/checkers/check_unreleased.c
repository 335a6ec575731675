// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/checker_context.h"
#include "checkers/path_state.h"
#include "checkers/node_order.h"
#include "checkers/path_lines.h"

/*
 * A reference is lost on a path: the function returns and only its own variables have the
 * pages; the array or object that holds them is freed; the next pages are put over them; or an
 * error hides how many there are.
 *
 *	n = get_user_pages(...);
 *	if (n < wanted)
 *		return -EFAULT;		the n pages are lost
 *
 * Blind spots: docs/findings.md.
 */

/* Some release of these pages skips entries that are NULL: it needs no number of pages. */
static bool has_guard(const struct checker_context *context, const struct call_info *acquire)
{
	const GPtrArray *functions = context->program->functions;

	for (guint f = 0; f < functions->len; f++) {
		const struct function *function = functions->pdata[f];

		for (int i = 0; i < function->ir->count; i++)
			if (function_has_role(function, i, ROLE_RELEASE) &&
			    program_paired(context->program, acquire->id, function->calls[i]->id) &&
			    node_null_guard(function, i) >= 0)
				return true;
	}
	return false;
}

/* The function returns 0 for success, and no count: a result that is not 0 is an error. */
static bool returns_zero(const struct path_result *result)
{
	bool zero = false;

	for (guint i = 0; i < result->events->len; i++) {
		const struct path_event *event =
			&g_array_index(result->events, struct path_event, i);

		if (event->kind == EVENT_EXIT &&
		    (event->value.signs == SIGN_POS || event->value.relation))
			return false;
		zero |= event->kind == EVENT_EXIT && event->value.signs & SIGN_ZERO &&
			!(event->value.signs & SIGN_NEG);
	}
	return zero;
}

/* The result tells the caller of a failure. */
static bool is_error(const struct path_result *result, const struct path_event *event)
{
	switch (function_node(result->query.function, 0)->type) {
	case IR_TYPE_POINTER:
		return !(event->value.signs & SIGN_POS);
	case IR_TYPE_SIGNED:
		return event->value.signs == SIGN_NEG ||
		       (!(event->value.signs & SIGN_ZERO) && returns_zero(result));
	default:
		return false;
	}
}

/* The function that handed the pages out, called again: it drops those of its own failure. */
static bool is_of_next(const struct path_query *query, int release)
{
	const char *callee = release < 0 ? NULL : function_node(query->function, release)->callee;

	return callee && callee == function_node(query->function, query->start)->callee;
}

/* All that others have of the pages is a number: of the object that it is in, they free none. */
static bool is_kept_as_number(const struct path_result *result, const struct path_event *event)
{
	const struct function *function = result->query.function;
	bool others = false;

	for (int i = 0; i < event->place_count; i++) {
		if (place_is_own(function, event->places[i]))
			continue;
		if (!place_is_number(function, event->places[i]))
			return false;
		others = true;
	}
	return others;
}

/*
 * An error leaves the pages in what the caller has, and tells nothing of them there; another
 * error releases them. The caller cannot tell one from the other, and so must release on none.
 */
static bool contradicts(const struct path_result *result, const struct path_event *event)
{
	if (event->kind != EVENT_EXIT || event->ownership != OWNERSHIP_OWNED ||
	    (event->told && !is_kept_as_number(result, event)) || event->certain ||
	    event->published || event->rest || !is_error(result, event))
		return false;
	if (event->cleared)	/* it is told that there are none */
		return true;
	for (guint i = 0; i < result->events->len; i++) {
		const struct path_event *other =
			&g_array_index(result->events, struct path_event, i);

		if (other->kind == EVENT_EXIT && other->ownership == OWNERSHIP_RELEASED &&
		    !other->told && !(result->query.handle && other->cleared) &&
		    is_error(result, other) &&
		    !is_of_next(&result->query, other->other))
			return true;
	}
	return false;
}

/*
 * Nothing but variables and a number for a caller that is seen has the pages, and no release of
 * the tree is in their reach: the number is never made a page of again.
 */
static bool is_never_released(const struct checker_context *context,
			      const struct path_result *result, const struct path_event *event)
{
	const struct path_query *query = &result->query;
	const struct function *function = query->function;
	bool number = function->info->is_static && !function->info->taken &&
		      function_node(function, 0)->type != IR_TYPE_POINTER;

	if (event->ownership != OWNERSHIP_OWNED || event->published || event->rest || !number ||
	    !g_hash_table_contains(context->program->unreleased,
				   GINT_TO_POINTER(query->acquire->id)))
		return false;
	for (int i = 0; i < event->place_count; i++)
		number &= place_is_own(function, event->places[i]) ||
			  event->places[i]->op == EXPR_RETURNED;
	return number;
}

/* The function asks whether there is one, or drops it, before the call puts another there. */
static bool is_read_before(const struct path_query *query, const struct expr *member)
{
	for (int i = 0; i < query->start; i++) {
		const struct ir_node *node = function_node(query->function, i);

		if (node->kind == IR_TEST && expr_is_member(node->lhs) &&
		    node->lhs->name == member->name)
			return true;
		for (int a = 0; node->kind == IR_CALL && a < node->arg_count; a++)
			if (node->args[a] == member)
				return true;
	}
	return false;
}

/*
 * An object of a service is left in what the caller has, and an error is returned. The function
 * has no caller in sight and would put another one there the next time: it asks for none.
 */
static bool is_left_behind(const struct path_result *result, const struct path_event *event)
{
	const struct path_query *query = &result->query;
	const struct function *function = query->function;

	if (!query->handle || event->ownership != OWNERSHIP_OWNED || event->certain ||
	    event->published || event->cleared || !is_error(result, event) ||
	    program_calls(result->program, function) ||
	    (function->info->is_static && !function->info->taken))
		return false;
	for (int i = 0; i < event->place_count; i++) {
		const struct expr *object = event->places[i]->a;

		if (place_is_own(function, event->places[i]))
			continue;
		if (!object || !expr_is_member(object) ||
		    is_read_before(query, object))
			return false;
	}
	return true;
}

static enum reason_code loss_of(const struct checker_context *context,
				const struct path_result *result, const struct path_event *event)
{
	if (event->kind == EVENT_FREED)
		return REASON_MEMORY_FREED;
	if (event->kind == EVENT_OVERWRITTEN)
		return REASON_OVERWRITTEN;
	if (event->kind == EVENT_CLEARED)
		return REASON_POINTER_CLEARED;
	if (event->certain)
		return REASON_FUNCTION_RETURNS;
	if (is_never_released(context, result, event))
		return REASON_NEVER_RELEASED;
	if (contradicts(result, event) && !event->cleared)
		return REASON_ERROR_KEEPS;
	return is_left_behind(result, event) ? REASON_ERROR_LEAVES : REASON_ERROR_RETURNED;
}

static bool is_loss(const struct checker_context *context, const struct path_result *result,
		    const struct path_event *event)
{
	if (event->kind != EVENT_EXIT)
		return true;
	if (event->rest && !is_error(result, event))
		return false;
	return event->ownership == OWNERSHIP_OWNED &&
	       (event->certain || contradicts(result, event) ||
		is_never_released(context, result, event) ||
		is_left_behind(result, event) ||
		(event->short_lost && !has_guard(context, result->query.acquire)));
}

static void look(struct checker_context *context, const struct acquire_walk *walk,
		 const struct path_event *event)
{
	const struct path_result *result = walk->result;
	enum reason_code how = loss_of(context, result, event);
	struct finding_row row = {
		.kind = check_unreleased.kind->word, .detail = "", .call = result->query.acquire,
		.file = event->lost.function->info->file,
		.line = function_node(event->lost.function, event->lost.node)->line,
	};

	if (!is_loss(context, result, event))
		return;
	row.message = reason_new(REASON_NOT_RELEASED, "rdr", check_origin(walk),
				 event_line(result, event),
				 reason_new(how, ""));
	row.steps = path_lines(result, event, reason_new(how, ""));
	finding_add(context->found, row);
}

/*
 * "bio_add_hw_page(queue, bio, page, len, offset, max, &same_page)": beside the number that was
 * taken, it fills a flag, by which the page may have been left here all the same. NULL: nothing
 * is filled, or it is read later on.
 */
static const struct expr *unread_flag(const struct function *function, int node)
{
	const struct ir_node *call = function_node(function, node);

	for (int i = 0; i < call->arg_count; i++) {
		const struct expr *flag = call->args[i]->op == EXPR_ADDRESS ? call->args[i]->a
									    : NULL;
		bool number = false;

		for (int s = 0; flag && s < function->ir->count; s++)
			number |= node_sets(function_node(function, s), flag) &&
				  function_node(function, s)->type == IR_TYPE_UNSIGNED;
		if (number && function_is_local(function, flag) && call->yes >= 0 &&
		    node_reading_after(function, call->yes, flag) < 0)
			return flag;
	}
	return NULL;
}

static void look_at_flags(struct checker_context *context, const struct function *function)
{
	const GPtrArray *walks = acquire_walks(context->summaries, function);

	for (int i = 0; walks->len && i < function->ir->count; i++) {
		const struct acquire_walk *walk = walks->pdata[0];
		const struct expr *flag = function_has_detail(function, i, KNOW_BORROW,
							      KNOWN(COUNT)) ?
			unread_flag(function, i) : NULL;
		struct finding_row row = {
			.kind = check_unreleased.kind->word, .detail = "",
			.call = walk->result->query.acquire, .file = function->info->file,
			.line = function_node(function, i)->line,
		};

		if (!flag)
			continue;
		row.message = reason_new(REASON_FLAG_UNREAD, "rss", check_origin(walk),
					 node_callee(function_node(function, i)), flag->name);
		finding_add(context->found, row);
	}
}

static void run(struct checker_context *context)
{
	for (guint f = 0; f < context->program->functions->len; f++)
		look_at_flags(context, context->program->functions->pdata[f]);
	check_events(context, EVENT_BIT(EVENT_EXIT) | EVENT_BIT(EVENT_FREED) |
		     EVENT_BIT(EVENT_OVERWRITTEN) | EVENT_BIT(EVENT_CLEARED), look);
}

const struct finding_kind unreleased_kind = {
	.word = "unreleased",
	.title = "A path on which acquired pages are never released",
	.help = "Release on this path what was acquired so far, no more and no less.",
	.level = "error", .sarif = "fail", .marks_site = true,
};
const struct checker check_unreleased = { .kind = &unreleased_kind, .run = run };
