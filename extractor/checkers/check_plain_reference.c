// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/dominators.h"
#include "checkers/checker_context.h"
#include "checkers/expr_query.h"
#include "checkers/gup_flags.h"
#include "model/path_class.h"

/*
 * In mm/: a function is given the flags of an acquire, which say whether its pages are to be
 * pinned, and hands out a page of which it takes an ordinary reference, whatever they say. Its
 * callers unpin it with the others.
 *
 *	static int gate_page(unsigned long address, unsigned int gup_flags, struct page **page)
 *	{
 *		*page = pte_page(*pte);
 *		if (!try_get_page(*page))	instead of try_grab_page(*page, gup_flags)
 *			return -ENOMEM;
 *
 * Which parameters are such flags is followed from the functions of table api down the calls. A
 * test of any flag but FOLL_WRITE that leads to the reference tells which kind is due. Only where
 * others take theirs by the flags, so that a pin is another thing than an ordinary reference.
 */

/* -- parameters with the flags -- */

struct flags_param {
	const struct function *function;
	int param;
};

static bool is_flags(const GArray *params, const struct function *function, int param)
{
	for (guint i = 0; i < params->len; i++) {
		const struct flags_param *known = &g_array_index(params, struct flags_param, i);

		if (known->function == function && known->param == param)
			return true;
	}
	return false;
}

static void add_param(GArray *params, const struct function *function, int param)
{
	const struct flags_param found = { function, param };

	if (function && param >= 0 && param < function_param_count(function) &&
	    !is_flags(params, function, param))
		g_array_append_val(params, found);
}

/* The functions that the flags are passed on to, as they are. */
static void add_callees(GArray *params, const struct flags_param *from)
{
	const struct expr *flags = function_param(from->function, from->param);

	for (int i = 0; i < from->function->ir->count; i++) {
		const struct ir_node *node = function_node(from->function, i);

		for (int a = 0; node->kind == IR_CALL && a < node->arg_count; a++)
			if (node->args[a] == flags)
				add_param(params, from->function->callees[i], a);
	}
}

/* Of struct flags_param. Caller frees. */
static GArray *flags_params(const struct program *program)
{
	GArray *params = g_array_new(FALSE, FALSE, sizeof(struct flags_param));

	for (guint f = 0; f < program->functions->len; f++) {
		const struct function *function = program->functions->pdata[f];

		for (int i = 0; i < function->ir->count; i++)
			if (function_has_role(function, i, ROLE_ACQUIRE))
				add_param(params, function->callees[i], function->args[i].flags);
	}
	for (guint i = 0; i < params->len; i++) {
		const struct flags_param at = g_array_index(params, struct flags_param, i);

		add_callees(params, &at);
	}
	return params;
}

/* -- references -- */

/* *page or pages[i], of a parameter: the caller has it. */
static bool is_callers_page(const struct function *function, const struct expr *e)
{
	return e && (e->op == EXPR_DEREF || e->op == EXPR_INDEX) &&
	       e->a->op == EXPR_LOCAL && function_param_of(function, e->a) >= 0;
}

/* The page is the caller's, or is stored there by its name. */
static bool is_handed_out(const struct function *function, const struct expr *page)
{
	if (!page || is_callers_page(function, page))
		return page;
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *set = function_node(function, i);

		if (set->kind == IR_SET && set->rhs == page && is_callers_page(function, set->lhs))
			return true;
	}
	return false;
}

/* The test asks for a flag that is not FOLL_WRITE. */
static bool asks_kind(const struct ir_node *test, const struct expr *flags)
{
	return test->kind == IR_TEST && expr_contains(test->lhs, flags) &&
	       !(test->lhs->op == EXPR_AND && expr_is_number(test->lhs->b, GUP_WRITE));
}

static bool is_told(const struct function *function, int node, const struct expr *flags)
{
	for (int i = 0; i < function->ir->count; i++)
		if (asks_kind(function_node(function, i), flags) &&
		    ir_deciding_outcome(function->ir, i, node) >= 0)
			return true;
	return false;
}

/* The call takes a reference, by a function that is given the flags, or by one that is not. */
static bool takes(const struct function *function, int node, const struct expr *flags, bool given)
{
	const struct ir_node *call = function_node(function, node);
	bool has = false;

	if (!function_known(function, node, KNOW_REF) || !call->arg_count)
		return false;
	for (int a = 0; a < call->arg_count; a++)
		has |= expr_contains(call->args[a], flags);
	return has == given;
}

/* A reference of a page that is handed out, whatever the flags say. */
static bool is_plain(const struct function *function, int node, const struct expr *flags)
{
	return takes(function, node, flags, false) &&
	       is_handed_out(function, function_node(function, node)->args[0]) &&
	       !is_told(function, node, flags);
}

/* Some function takes its reference by the flags: a pin is told from an ordinary one. */
static bool any_takes_by_flags(const GArray *params)
{
	for (guint i = 0; i < params->len; i++) {
		const struct flags_param *at = &g_array_index(params, struct flags_param, i);
		const struct expr *flags = function_param(at->function, at->param);

		for (int n = 0; n < at->function->ir->count; n++)
			if (takes(at->function, n, flags, true))
				return true;
	}
	return false;
}

static void look(struct checker_context *context, const struct flags_param *at)
{
	const struct function *function = at->function;
	const struct expr *flags = function_param(function, at->param);

	for (int i = 0; i < function->ir->count; i++) {
		struct finding_row row = {
			.kind = mismatched_kind.word, .detail = "", .file = function->info->file,
			.line = function_node(function, i)->line,
		};

		if (!is_plain(function, i, flags))
			continue;
		row.message = reason_new(REASON_PLAIN_REFERENCE, "ss",
					 node_callee(function_node(function, i)), flags->name);
		finding_add(context->found, row);
	}
}

static void run(struct checker_context *context)
{
	const struct graph *graph = context->program->graph;
	g_autoptr(GArray) params = context->pins ? flags_params(context->program) : NULL;

	if (!params || !any_takes_by_flags(params))
		return;
	for (guint i = 0; i < params->len; i++) {
		const struct flags_param *at = &g_array_index(params, struct flags_param, i);

		if (path_is_mm(graph->knowledge, graph_path(graph, at->function->info->file)))
			look(context, at);
	}
}

const struct checker check_plain_reference = { .kind = &mismatched_kind, .run = run };
