// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/dominators.h"
#include "checkers/checker_context.h"
#include "checkers/expr_query.h"
#include "checkers/gup_flags.h"
#include "checkers/never_dirty.h"
#include "link/page_source.h"

/*
 * Belief inference (Engler et al.) for dirty clean, by what a helper that releases is told: one
 * caller says by a flag whether the pages were written, another one, which completes what was
 * begun with such pages, says that they never were.
 *
 *	put_all(pages, n, should_dirty);	static void done(struct request *request)
 *						...
 *						put_all(request->pages, request->n, false);
 *
 * Only a function that is called back, and where no test decides whether it comes to the call: on
 * the way of an error nothing was written. And a helper that is told, and never asks.
 */

/* -- completions that say "clean" -- */

/* fn or &fn, as a value. */
static bool is_name_of(const struct expr *value, const struct function *function)
{
	const struct expr *name = value ? expr_without_address(value) : NULL;

	return name && name->op == EXPR_LOCAL && !g_strcmp0(name->name, function->info->name);
}

/* A function of the same file stores it, or passes it on, to be called back. */
static bool is_called_back(const struct program *program, const struct function *function)
{
	for (guint f = 0; f < program->functions->len; f++) {
		const struct function *other = program->functions->pdata[f];

		for (int i = 1; other->info->file == function->info->file && i < other->ir->count;
		     i++) {
			const struct ir_node *node = function_node(other, i);

			if (node->kind == IR_SET && is_name_of(node->rhs, function))
				return true;
			for (int a = 0; node->kind == IR_CALL && a < node->arg_count; a++)
				if (is_name_of(node->args[a], function))
					return true;
		}
	}
	return function->info->taken;
}

/* Something of the function's comes back to its caller from there: not behind a BUG_ON(). */
static bool returns_from(const struct function *function, int node)
{
	for (int i = 0; node >= 0 && i < function->ir->count; i++)
		if (function_node(function, i)->kind == IR_RETURN &&
		    ir_reaches(function->ir, node, i, -1))
			return true;
	return false;
}

/* A test leads to the node, or round it to an end of the function. */
static bool is_decided(const struct function *function, int node)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *test = function_node(function, i);
		int outcome = test->kind == IR_TEST ?
			ir_deciding_outcome(function->ir, i, node) : -1;

		if (outcome >= 0 && returns_from(function, outcome ? test->no : test->yes))
			return true;
	}
	return false;
}

/* A call that says by something else than a number whether the pages were written, or NULL. */
static const struct program_call *open_call(const GArray *calls, int param)
{
	for (guint i = 0; i < calls->len; i++) {
		const struct program_call *call = &g_array_index(calls, struct program_call, i);
		const struct expr *told = node_argument(function_node(call->caller, call->node),
							param);

		if (told && !expr_is_constant(told))
			return call;
	}
	return NULL;
}

static void look_at_calls(struct checker_context *context, const struct function *helper,
			  int release, int param)
{
	const GArray *calls = program_calls(context->program, helper);
	const struct program_call *open = calls ? open_call(calls, param) : NULL;

	for (guint i = 0; open && i < calls->len; i++) {
		const struct program_call *call = &g_array_index(calls, struct program_call, i);
		const struct ir_node *node = function_node(call->caller, call->node);
		struct finding_row row = {
			.kind = dirty_kind.word, .detail = "clean", .call = helper->calls[release],
			.file = call->caller->info->file, .line = node->line,
		};

		if (call->caller == open->caller ||
		    !expr_is_number(node_argument(node, param), 0) ||
		    is_decided(call->caller, call->node) || function_acquires(call->caller, 0) ||
		    !is_called_back(context->program, call->caller))
			continue;
		row.message = reason_new(REASON_RELEASED_CLEAN_TOLD, "ss", helper->info->name,
					 open->caller->info->name);
		finding_add(context->found, row);
	}
}

/* -- helpers that never ask -- */

static bool reads(const struct ir_node *node, const struct expr *name)
{
	return ir_node_mentions(node, name) ||
	       (node->pointer && expr_contains(node->pointer, name));
}

static bool is_read(const struct function *function, const struct expr *name)
{
	for (int i = 1; i < function->ir->count; i++)
		if (reads(function_node(function, i), name))
			return true;
	return false;
}

/* A parameter that says whether pages are dirty, by its name, and is never read; or NULL. */
static const struct expr *unread_param(const struct function *function)
{
	for (int i = 0; i < function_param_count(function); i++) {
		const struct expr *param = function_param(function, i);

		if (param->name &&
		    knowledge_has(function->knowledge, KNOW_DIRTIES, param->name) &&
		    !is_read(function, param))
			return param;
	}
	return NULL;
}

/* The acquire's pages may be written: it is not known that its flags lack FOLL_WRITE. */
static bool may_be_written(const struct checker_context *context, const struct call_info *acquire)
{
	struct gup_flags flags = { 0, 0, false };
	int call;
	const struct function *taker = program_caller(context->program, acquire, &call);

	if (taker)
		flags = gup_flags_of(context->program, taker, call);
	return !flags.known || flags.may & GUP_WRITE;
}

/* The call releases pages of an acquire that may be written. */
static bool is_paired(const struct checker_context *context, const struct function *function,
		      int node)
{
	for (guint i = 0; i < context->feeds->len; i++) {
		const struct page_source *feed = context->feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE &&
		    program_paired(context->program, feed->call->id, function->calls[node]->id) &&
		    may_be_written(context, feed->call))
			return true;
	}
	return false;
}

static void look_at_param(struct checker_context *context, const struct function *function,
			  int release)
{
	const struct expr *param = unread_param(function);

	if (param && is_paired(context, function, release))
		check_finding(context, &dirty_kind, function, release, "clean",
			      reason_new(REASON_RELEASED_CLEAN_UNREAD, "ss", param->name,
					 function->info->name));
}

static void look(struct checker_context *context, const struct function *function)
{
	bool seen[8] = { false };
	int last = -1;

	for (int i = 0; i < function->ir->count; i++) {
		int param = function->calls[i] ? call_dirty_param(function, i) : -1;

		if (param >= 0 && param < (int)G_N_ELEMENTS(seen) && !seen[param]) {
			seen[param] = true;
			look_at_calls(context, function, i, param);
		}
		if (function_has_role(function, i, ROLE_RELEASE))
			last = i;
	}
	if (last >= 0)
		look_at_param(context, function, last);
}

static void run(struct checker_context *context)
{
	for (guint f = 0; f < context->program->functions->len; f++)
		look(context, context->program->functions->pdata[f]);
}

const struct checker check_dirty_told = { .kind = &dirty_kind, .run = run };
