// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/dominators.h"
#include "checkers/checker_context.h"
#include "checkers/gup_flags.h"
#include "link/page_source.h"
#include "model/path_class.h"

/*
 * A release is made only of pages that are not reserved, and the page of zeroes is: a reference of
 * it, which an acquire for reading may have taken, is never dropped.
 *
 *	get_user_pages(addr, 1, write ? FOLL_WRITE : 0, &page);
 *	if (!PageReserved(page))
 *		put_page(page);
 *
 * The question may be a helper's. Not where some release is made of pages of zeroes alone
 * ("if (is_zero_pfn(pfn)) put_page(page)"), nor of pins in a tree that takes none of such a page.
 */

/* A call that asks whether the page is reserved; or of zeroes, which is told apart. */
static bool asks(const struct function *function, int node, bool reserved)
{
	unsigned int details = KNOWN(ZERO) | (reserved ? KNOWN(WEAK) : 0);
	const struct known *known = function_known(function, node, KNOW_BORROW);

	return known && (known->details & (KNOWN(ZERO) | KNOWN(WEAK))) == details;
}

/* A helper in sight that only asks, and for nothing but that: it leaves no page of zeroes out. */
static bool is_question(const struct function *helper)
{
	bool reserved = false;

	for (int i = 0; i < helper->ir->count; i++) {
		if (asks(helper, i, false) || function_has_role(helper, i, ROLE_ACQUIRE) ||
		    function_releases(helper, i))
			return false;
		reserved |= asks(helper, i, true);
	}
	return reserved;
}

/* The release is come to only where such a call has given no (truth: yes). */
static bool is_decided(const struct program *program, const struct function *function, int release,
		       bool reserved)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct function *helper = function->callees[i];
		bool question = helper && reserved ? is_question(helper) :
						     asks(function, i, reserved);

		if (question && ir_result_decides(function->ir, expr_result(program->pool, i),
						  release, !reserved))
			return true;
	}
	return false;
}

static bool is_release_of(const struct program *program, const struct function *function, int node,
			  const struct call_info *acquire)
{
	return function_has_role(function, node, ROLE_RELEASE) &&
	       program_paired(program, acquire->id, function->calls[node]->id);
}

/* Each release of the function is one of those. */
static bool drops_no_reserved(const struct program *program, const struct function *function,
			      const struct call_info *acquire)
{
	for (int i = 0; i < function->ir->count; i++)
		if (is_release_of(program, function, i, acquire) &&
		    !is_decided(program, function, i, true))
			return false;
	return true;
}

/* Some function releases pages of zeroes by themselves. */
static bool drops_zeroes(const struct program *program, const struct call_info *acquire)
{
	for (guint f = 0; f < program->functions->len; f++) {
		const struct function *function = program->functions->pdata[f];

		for (int i = 0; i < function->ir->count; i++)
			if (is_release_of(program, function, i, acquire) &&
			    is_decided(program, function, i, false))
				return true;
	}
	return false;
}

/* The tree's own code asks of a page whether it is of zeroes, before it pins. */
static bool pins_no_zeroes(const struct program *program)
{
	for (guint f = 0; f < program->functions->len; f++) {
		const struct function *function = program->functions->pdata[f];
		const char *path = graph_path(program->graph, function->info->file);

		for (int i = 0; i < function->ir->count; i++)
			if (asks(function, i, false) &&
			    function_node(function, i)->param_count &&
			    function_node(function, i)->param_types[0] == IR_TYPE_POINTER &&
			    path_is_mm(program->graph->knowledge, path))
				return true;
	}
	return false;
}

/* Its pages may be of zeroes, and have a reference then. */
static bool may_be_zeroes(const struct program *program, const struct call_info *acquire)
{
	int node;
	const struct function *function = program_caller(program, acquire, &node);

	return function && (acquire->family == FAMILY_GET || acquire->family == FAMILY_PIN) &&
	       gup_flags_of(program, function, node).lacks & GUP_WRITE &&
	       !(acquire->family == FAMILY_PIN && pins_no_zeroes(program));
}

static void look(struct checker_context *context, const struct function *function,
		 const struct call_info *acquire)
{
	const struct program *program = context->program;

	for (int i = 0; i < function->ir->count; i++) {
		struct finding_row row = {
			.kind = unreleased_kind.word, .detail = "", .call = function->calls[i],
			.other = acquire, .file = function->info->file,
			.line = function_node(function, i)->line,
		};

		if (!is_release_of(program, function, i, acquire) ||
		    !is_decided(program, function, i, true) ||
		    !drops_no_reserved(program, function, acquire) ||
		    !may_be_zeroes(program, acquire) || drops_zeroes(program, acquire))
			continue;
		row.message = reason_new(REASON_RESERVED_LEFT, "sd", acquire->callee,
					 acquire->line);
		finding_add(context->found, row);
	}
}

static void run(struct checker_context *context)
{
	const GPtrArray *functions = context->program->functions;

	for (guint f = 0; f < functions->len; f++)
		for (guint i = 0; i < context->feeds->len; i++) {
			const struct page_source *feed = context->feeds->pdata[i];

			if (feed->kind == FEED_ACQUIRE)
				look(context, functions->pdata[f], feed->call);
		}
}

const struct checker check_reserved = { .kind = &unreleased_kind, .run = run };
