// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"
#include "checkers/expr_query.h"
#include "checkers/later_call.h"
#include "checkers/path_lines.h"

/*
 * Pages are left in the caller's object, and an error is returned before their number is put there:
 * the function that cleans up such an object releases as many as the number says, which is none.
 *
 *	got = pin_user_pages_fast(addr, MOST, FOLL_WRITE, tray->pages);
 *	if (map(tray) < 0)
 *		return -EIO;			got pages are lost
 *	tray->nr = got;
 *	void tray_empty(struct tray *tray) {
 *		unpin_user_pages(tray->pages, tray->nr);
 *
 * The later function is run twice with what the exit leaves: with the number 0, it releases
 * nothing; with a number that is not known, it does. Not where some other function of the folder,
 * or a caller, may release them all the same.
 */

/* Some path of the later function releases the pages, or gives them away. */
static bool releases(const struct path_result *result)
{
	for (guint i = 0; i < result->events->len; i++) {
		const struct path_event *event =
			&g_array_index(result->events, struct path_event, i);

		if (event->kind == EVENT_EXIT && event->ownership != OWNERSHIP_OWNED &&
		    event->ownership != OWNERSHIP_NONE)
			return true;
	}
	return false;
}

static bool is_number_of(const struct ir_node *node, const struct expr *object)
{
	return node->kind == IR_SET && node->op == IR_OP_ASSIGN && expr_is_member(node->lhs) &&
	       expr_root(node->lhs) == object && !expr_has_op(node->lhs, EXPR_INDEX) &&
	       (node->type == IR_TYPE_SIGNED || node->type == IR_TYPE_UNSIGNED) &&
	       node->rhs->op != EXPR_NUMBER;
}

/* A value that the exit knows of the member: 0; unknown: it knows none. */
static bool is_zero_at(const struct path_event *exit, const struct expr *member, bool *known)
{
	*known = false;
	for (guint i = 0; exit->left && i < exit->left->len; i++) {
		const struct known_value *value =
			&g_array_index(exit->left, struct known_value, i);

		if (value->of != member)
			continue;
		*known = true;
		return value->value.signs == SIGN_ZERO;
	}
	return false;
}

/*
 * The member of the object that the function puts a number in behind the acquire, and that this
 * exit comes before; NULL for none.
 */
static const struct expr *unset_number(const struct path_query *query,
				       const struct path_event *exit, const struct expr *object)
{
	const struct function *function = query->function;
	const struct expr *member = NULL;

	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);
		bool known;

		if (!is_number_of(node, object))
			continue;
		if (!ir_reaches(function->ir, query->start, i, -1) ||
		    (member && member != node->lhs))
			return NULL;
		member = node->lhs;
		if (!is_zero_at(exit, member, &known) &&
		    (known || ir_reaches(function->ir, i, exit->node, -1)))
			return NULL;
	}
	return member;
}

/* -- what is done later -- */

/**
 * struct later_search - of functions that release what the exit has left
 * @blocked: one that would, were the number not 0
 * @other: some do, whatever the number is
 */
struct later_search {
	const struct expr *member;
	const struct function *blocked;
	bool other;
};

static void look_at_later(struct checker_context *context, const struct later_call *later,
			  void *data)
{
	struct later_search *search = data;
	struct path_event untold = *later->exit;
	struct later_call any = *later;
	struct path_result *none = later_run(context, later, false, search->member), *some;

	untold.left = NULL;
	any.exit = &untold;
	some = later_run(context, &any, false, NULL);
	if (releases(none))
		search->other = true;
	else if (releases(some))
		search->blocked = later->function;
	path_result_free(none);
	path_result_free(some);
}

/* A caller that is seen may drop them by what it knows. */
static bool caller_releases(const struct program *program, const struct function *function)
{
	const GArray *calls = program_calls(program, function);

	for (guint c = 0; calls && c < calls->len; c++) {
		const struct function *caller =
			g_array_index(calls, struct program_call, c).caller;

		for (int i = 0; i < caller->ir->count; i++)
			if (function_has_role(caller, i, ROLE_RELEASE))
				return true;
	}
	return false;
}

static bool is_error(const struct path_event *exit)
{
	return exit->kind == EVENT_EXIT && exit->ownership == OWNERSHIP_OWNED &&
	       exit->value.signs == SIGN_NEG && !exit->certain && !exit->published && !exit->rest;
}

static const struct expr *object_of(const struct function *function, const struct path_event *exit)
{
	for (int i = 0; i < exit->place_count; i++)
		if (exit->places[i]->a && function_param_of(function, exit->places[i]) >= 0)
			return expr_root(exit->places[i]);
	return NULL;
}

static void report(struct checker_context *context, const struct acquire_walk *walk,
		   const struct path_event *event, const struct later_search *search)
{
	const struct path_result *result = walk->result;
	struct reason *why = reason_new(REASON_NUMBER_UNSET, "ss", search->blocked->info->name,
					search->member->name);
	struct finding_row row = {
		.kind = unreleased_kind.word, .detail = "", .call = result->query.acquire,
		.file = result->query.function->info->file,
		.line = function_node(result->query.function, event->node)->line,
	};

	row.message = reason_new(REASON_NOT_RELEASED, "rdr", check_origin(walk),
				 function_node(result->query.function, event->node)->line,
				 reason_copy(why));
	row.steps = path_lines(result, event, why);
	finding_add(context->found, row);
}

static void look(struct checker_context *context, const struct acquire_walk *walk,
		 const struct path_event *event)
{
	const struct path_query *query = &walk->result->query;
	const struct expr *object = is_error(event) ? object_of(query->function, event) : NULL;
	struct later_search search = {
		.member = object ? unset_number(query, event, object) : NULL,
	};

	if (!search.member || caller_releases(context->program, query->function))
		return;
	each_later_call(context, walk, event, false, look_at_later, &search);
	if (search.blocked && !search.other)
		report(context, walk, event, &search);
}

static void run(struct checker_context *context)
{
	check_events(context, EVENT_BIT(EVENT_EXIT), look);
}

const struct checker check_number_unset = { .kind = &unreleased_kind, .run = run };
