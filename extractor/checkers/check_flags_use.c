// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/checker_context.h"
#include "checkers/expr_query.h"
#include "checkers/gup_flags.h"
#include "checkers/never_dirty.h"
#include "checkers/page_writes.h"
#include "link/page_source.h"

/*
 * The pages of an acquire are written, and there is no FOLL_WRITE among its flags.
 *
 *	n = pin_user_pages_fast(start, 1, 0, &page);
 *	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
 *
 * Only flags that are known on every path, and of every caller where they are a parameter.
 */

static bool is_read_only(const struct checker_context *context, const struct page_source *feed)
{
	int call;
	const struct function *function = feed->kind == FEED_ACQUIRE ?
		program_caller(context->program, feed->call, &call) : NULL;
	struct gup_flags flags;

	if (!function)
		return false;
	flags = gup_flags_of(context->program, function, call);
	return flags.known && !(flags.may & GUP_WRITE);
}

/* Pages of this acquire come to the call, and of no other one that may be for writing. */
static bool is_its_own(const struct checker_context *context, const struct page_source *feed,
		       const struct call_info *call)
{
	for (guint i = 0; i < context->feeds->len; i++) {
		const struct page_source *other = context->feeds->pdata[i];
		bool comes = reach_has(other->reach, call->node) ||
			     (other->kind == FEED_ACQUIRE && call->role == ROLE_RELEASE &&
			      program_paired(context->program, other->call->id, call->id));

		if (other == feed ? !comes : comes && !is_read_only(context, other))
			return false;
	}
	return true;
}

/*
 * The call, or the write to its result, writes to the pages: else -1. A call that dirties them
 * does so for the reason that they were written, if only where a flag says so.
 */
static int write_by(const struct checker_context *context, const struct function *function,
		    int call)
{
	if (function_has_role(function, call, ROLE_USE))
		return page_write_of(context->program, function, call, true);
	return (function_has_role(function, call, ROLE_DIRTY) ||
		function_is_plain_release(function, call)) &&
	       call_may_dirty(context->program, function, call) ? call : -1;
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

static void look(struct checker_context *context, const struct function *function, int call)
{
	struct gup_flags flags = gup_flags_of(context->program, function, call);
	const struct page_source *feed = check_source_of(context, function->calls[call]);

	if (!flags.known || !feed)
		return;
	if (!(flags.may & GUP_WRITE))
		look_at_writes(context, feed, function, call);
}

static void run(struct checker_context *context)
{
	check_acquires(context, look);
}

static const struct finding_detail details[] = {
	{ "no-write", "Pages are written that were acquired without FOLL_WRITE",
	  "Add FOLL_WRITE: without it the page may be shared, or the page of zeroes." },
	{ NULL },
};
const struct checker check_flags_use = { .kind = &flags_kind, .details = details, .run = run };
