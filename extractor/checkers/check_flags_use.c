// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/checker_context.h"
#include "checkers/expr_query.h"
#include "checkers/gup_flags.h"
#include "checkers/page_writes.h"
#include "link/page_source.h"

/*
 * The flags of an acquire do not fit to the use of its pages: they are written, and there is no
 * FOLL_WRITE; or they are kept for as long as the user likes, and there is no FOLL_LONGTERM.
 *
 *	n = pin_user_pages_fast(start, 1, 0, &page);
 *	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
 *
 * Pages are kept for long for sure where they are counted against the user's limit of locked
 * memory, and another function than those that acquire releases them. Only flags that are
 * known on every path.
 */

/* -- FOLL_WRITE -- */

/* Pages of this acquire come to the call, and of no other one. */
static bool is_its_own(const struct checker_context *context, const struct page_source *feed,
		       const struct call_info *call)
{
	for (guint i = 0; i < context->feeds->len; i++) {
		const struct page_source *other = context->feeds->pdata[i];
		bool comes = reach_has(other->reach, call->node) ||
			     (other->kind == FEED_ACQUIRE && call->role == ROLE_RELEASE &&
			      program_paired(context->program, other->call->id, call->id));

		if (comes != (other == feed))
			return false;
	}
	return true;
}

/* The call, or the write to its result, writes to the pages; or a release marks them: else -1. */
static int write_by(const struct checker_context *context, const struct function *function,
		    int call)
{
	const struct expr *dirty =
		node_argument(function_node(function, call), function->args[call].dirty);

	if (function_has_role(function, call, ROLE_USE))
		return page_write_of(context->program, function, call, true);
	return function_is_plain_release(function, call) &&
	       function_known(function, call, KNOW_DIRTIES) &&
	       (!dirty || expr_is_number(dirty, 1)) ? call : -1;
}

static bool find_write(const struct checker_context *context, const struct page_source *feed,
		       const struct function **function, int *write)
{
	const GPtrArray *functions = context->program->functions;

	for (guint f = 0; f < functions->len; f++) {
		*function = functions->pdata[f];
		for (int i = 0; i < (*function)->ir->count; i++) {
			*write = (*function)->calls[i] ? write_by(context, *function, i) : -1;
			if (*write >= 0 && is_its_own(context, feed, (*function)->calls[i]))
				return true;
		}
	}
	return false;
}

static void look_at_writes(struct checker_context *context, const struct page_source *feed,
			   const struct function *function, int call)
{
	const struct function *writer;
	const struct ir_node *node;
	int write;

	if (!find_write(context, feed, &writer, &write))
		return;
	node = function_node(writer, write);
	check_finding(context, &flags_kind, function, call, "no-write",
		      reason_new(REASON_WRITTEN_READ_ONLY, "sssd", feed->call->callee,
				 node->kind == IR_CALL ? node_callee(node) : "by the CPU",
				 graph_path(context->program->graph, writer->info->file),
				 node->line));
}

/* -- FOLL_LONGTERM -- */

/* A part of the expression is a member that counts locked memory. */
static bool counts_locked(const struct function *function, const struct expr *e)
{
	for (; e; e = e->a)
		if (((e->op == EXPR_ARROW || e->op == EXPR_MEMBER) && e->name &&
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

static void look_at_time(struct checker_context *context, const struct function *function, int call)
{
	const struct call_info *acquire = function->calls[call];
	int account = account_in(function);

	if (account >= 0 && is_kept(context, function, acquire))
		check_finding(context, &flags_kind, function, call, "no-longterm",
			      reason_new(REASON_KEPT_SHORT_TERM, "sd", acquire->callee,
					 function_node(function, account)->line));
}

/* -- all acquires -- */

static void look(struct checker_context *context, const struct function *function, int call)
{
	struct gup_flags flags = gup_flags_of(function, call);
	const struct page_source *feed = check_source_of(context, function->calls[call]);

	if (!flags.known || !feed)
		return;
	if (!(flags.may & GUP_WRITE))
		look_at_writes(context, feed, function, call);
	if (context->pins && feed->call->family == FAMILY_PIN && context->longterm &&
	    !(flags.may & context->longterm))
		look_at_time(context, function, call);
}

static void run(struct checker_context *context)
{
	check_acquires(context, look);
}

static const struct finding_detail details[] = {
	{ "no-write", "Pages are written that were acquired without FOLL_WRITE",
	  "Add FOLL_WRITE: without it the page may be shared, or the page of zeroes." },
	{ "no-longterm", "Pages are kept as long as the user likes, and pinned without FOLL_LONGTERM",
	  "Add FOLL_LONGTERM: without it the pages block what moves memory, and a filesystem." },
	{ NULL },
};
const struct checker check_flags_use = { .kind = &flags_kind, .details = details, .run = run };
