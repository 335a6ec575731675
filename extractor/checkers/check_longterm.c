// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/dominators.h"
#include "checkers/checker_context.h"
#include "checkers/expr_query.h"
#include "checkers/gup_flags.h"
#include "checkers/pages_lifetime.h"
#include "decide/notifier.h"

/*
 * Pages are pinned without FOLL_LONGTERM, and kept for as long as the user likes.
 *
 *	obj->n = pin_user_pages_fast(start, n, FOLL_WRITE, obj->pages);
 *	list_add(&obj->list, &ctx->objects);
 *
 * They are kept for sure where they are counted against the user's limit of locked memory, and
 * another function than those that acquire releases them; or where another command than the one
 * that acquires drops them, and nothing that completes a request to a device (decide/lifetime.h).
 * With an MMU notifier the pages may be taken back at any time. Only flags that are known on
 * every path, also those that a caller gives.
 *
 * So are pages with FOLL_LONGTERM, but without FOLL_WRITE, in a tree whose pins for reading do not
 * get a page of their own: behind the next write of the process, they are no more in its mapping.
 */

/* -- counted as locked memory -- */

/* A part of the expression is a member that counts locked memory. */
static bool counts_locked(const struct function *function, const struct expr *e)
{
	for (; e; e = e->a)
		if ((expr_is_member(e) && e->name &&
		     knowledge_has(function->knowledge, KNOW_LOCKED_MEMORY, e->name)) ||
		    (e->b && counts_locked(function, e->b)))
			return true;
	return false;
}

/* The node in which the function counts pages as locked memory, or -1. */
static int account_in(const struct function *function)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);

		if (function_known(function, i, KNOW_LOCKED_MEMORY))
			return i;
		if (node->kind == IR_SET && counts_locked(function, node->lhs))
			return i;
		for (int a = 0; node->kind == IR_CALL && a < node->arg_count; a++)
			if (counts_locked(function, node->args[a]))
				return i;
	}
	return -1;
}

/* The function, or one that it calls, counts pages as locked memory. */
static bool accounts(const struct function *function)
{
	if (account_in(function) >= 0)
		return true;
	for (int i = 0; i < function->ir->count; i++)
		if (function->callees[i] && account_in(function->callees[i]) >= 0)
			return true;
	return false;
}

/* It does, or a function that calls it. */
static bool accounts_near(const struct checker_context *context, const struct function *function)
{
	const GArray *calls = program_calls(context->program, function);

	if (accounts(function))
		return true;
	for (guint i = 0; calls && i < calls->len; i++)
		if (accounts(g_array_index(calls, struct program_call, i).caller))
			return true;
	return false;
}

/* Another function releases the pages, and none of those that do also acquires them. */
static bool is_kept(const struct checker_context *context, const struct function *function,
		    const struct call_info *acquire)
{
	const GPtrArray *functions = context->program->functions;

	for (guint f = 0; f < functions->len; f++) {
		const struct function *other = functions->pdata[f];

		for (int i = 0; other != function && i < other->ir->count; i++)
			if (function_has_role(other, i, ROLE_RELEASE) &&
			    program_paired(context->program, acquire->id, other->calls[i]->id))
				return true;
	}
	return false;
}

/* -- by their lifetime -- */

/*
 * Another command drops the pages; or they are counted nearby, and no call or request ends them: of
 * these an MMU notifier of other code in the folder knows nothing.
 */
static bool outlives_call(const struct checker_context *context, const struct function *function,
			  int call, const struct call_info *acquire)
{
	enum lifetime lifetime = pages_lifetime(context, function, call, acquire);
	bool counted = lifetime != LIFETIME_CALL && is_kept(context, function, acquire) &&
		       accounts_near(context, function);

	return (lifetime == LIFETIME_KEPT || counted) &&
	       !notifier_near(context->program->graph, acquire, !counted);
}

/* -- pinned for reading -- */

/*
 * A pin for reading gets no page of its own in a private mapping of a file, or of zeroes, which the
 * tree's own question for that tells: it is not given the mapping.
 */
static bool shares_read_only(const struct program *program)
{
	bool asks = false;

	for (guint f = 0; f < program->functions->len; f++) {
		const struct function *function = program->functions->pdata[f];

		for (int i = 0; i < function->ir->count; i++) {
			const struct ir_node *call = function_node(function, i);

			if (!function_has_detail(function, i, KNOW_BORROW, KNOWN(SHARED)))
				continue;
			if (call->param_count && call->param_types[0] == IR_TYPE_POINTER)
				return false;
			asks = true;
		}
	}
	return asks;
}

/* A parameter's own value is in the expression, and not only what it points to. */
static bool has_param(const struct function *function, const struct expr *e)
{
	if (!e || expr_is_member(e) || e->op == EXPR_DEREF)
		return false;
	return (e->op == EXPR_LOCAL && ir_parameter(function->ir, e) >= 0) ||
	       has_param(function, e->a) || has_param(function, e->b);
}

/* How many definitions and tests are followed one behind the other. */
#define TOLD_DEPTH 4

/*
 * A parameter tells what the expression is: which pages are for reading the caller says, and how
 * long it keeps those is not known.
 */
static bool is_told(const struct function *function, const struct expr *e, int depth)
{
	if (!e || has_param(function, e))
		return e;
	for (int i = 0; depth && i < function->ir->count; i++) {
		const struct ir_node *set = function_node(function, i);

		if (set->kind != IR_SET || !expr_contains(e, set->lhs))
			continue;
		if (set->rhs != e && is_told(function, set->rhs, depth - 1))
			return true;
		for (int t = 0; t < function->ir->count; t++)
			if (function_node(function, t)->kind == IR_TEST &&
			    ir_deciding_outcome(function->ir, t, i) >= 0 &&
			    is_told(function, function_node(function, t)->lhs, depth - 1))
				return true;
	}
	return false;
}

static void look_for_reading(struct checker_context *context, const struct function *function,
			     int call)
{
	const struct call_info *acquire = function->calls[call];
	struct gup_flags flags = gup_flags_of(context->program, function, call);
	const struct expr *given = node_argument(function_node(function, call),
						 function->args[call].flags);

	if (acquire->family != FAMILY_PIN || !given || !(flags.may & context->longterm) ||
	    !(flags.lacks & GUP_WRITE) || is_told(function, given, TOLD_DEPTH) ||
	    !outlives_call(context, function, call, acquire))
		return;
	check_finding(context, &flags_kind, function, call, "read-only",
		      reason_new(REASON_KEPT_READ_ONLY, "s", acquire->callee));
}

/* -- all acquires -- */

/* How many calls up from the acquire's caller flags are followed. */
#define CALLERS_UP 2

/* The call hands out pages that were pinned without FOLL_LONGTERM. */
static void look_at_time(struct checker_context *context, const struct function *function, int call,
			 const struct call_info *acquire)
{
	int account = account_in(function);
	struct finding_row row = {
		.kind = flags_kind.word, .detail = "no-longterm", .call = acquire,
		.file = function->info->file, .line = function_node(function, call)->line,
	};

	if (account >= 0 && is_kept(context, function, acquire))
		row.message = reason_new(REASON_KEPT_SHORT_TERM, "sd", acquire->callee,
					 function_node(function, account)->line);
	else if (outlives_call(context, function, call, acquire))
		row.message = reason_new(REASON_KEPT_BEYOND_CALL, "s", acquire->callee);
	else
		return;
	finding_add(context->found, row);
}

static bool lacks_longterm(const struct checker_context *context, struct gup_flags flags)
{
	return flags.known && !(flags.may & context->longterm);
}

/* The flags are a parameter's: what each caller gives, or a caller of that. */
static void look_at_callers(struct checker_context *context, const struct function *callee,
			    int param, const struct call_info *acquire, int up)
{
	const GArray *calls = program_calls(context->program, callee);

	for (guint i = 0; calls && i < calls->len; i++) {
		const struct program_call *at = &g_array_index(calls, struct program_call, i);
		int theirs = gup_flags_param(at->caller, at->node, param);

		if (lacks_longterm(context, gup_flags_of_argument(at->caller, at->node, param)))
			look_at_time(context, at->caller, at->node, acquire);
		else if (theirs >= 0 && up)
			look_at_callers(context, at->caller, theirs, acquire, up - 1);
	}
}

static void look(struct checker_context *context, const struct function *function, int call)
{
	const struct call_info *acquire = function->calls[call];
	int param = gup_flags_param(function, call, function->args[call].flags);

	if (!context->pins || acquire->family != FAMILY_PIN || !context->longterm)
		return;
	if (param >= 0)
		look_at_callers(context, function, param, acquire, CALLERS_UP);
	else if (lacks_longterm(context, gup_flags_of(context->program, function, call)))
		look_at_time(context, function, call, acquire);
}

static void run(struct checker_context *context)
{
	check_acquires(context, look);
	if (context->pins && context->longterm && shares_read_only(context->program))
		check_acquires(context, look_for_reading);
}

static const struct finding_detail details[] = {
	{ "no-longterm", "Pages are kept as long as the user likes, and pinned without FOLL_LONGTERM",
	  "Add FOLL_LONGTERM: without it the pages block what moves memory, and a filesystem." },
	{ "read-only", "Pages are kept as long as the user likes, and pinned without FOLL_WRITE",
	  "Add FOLL_WRITE | FOLL_FORCE: a private mapping gets a page of its own at once then." },
	{ NULL },
};
const struct checker check_longterm = { .kind = &flags_kind, .details = details, .run = run };
