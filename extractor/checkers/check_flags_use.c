// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/checker_context.h"
#include "checkers/expr_query.h"
#include "checkers/gup_flags.h"
#include "checkers/never_dirty.h"
#include "checkers/page_writes.h"
#include "link/page_source.h"
#include "model/link_kind.h"

/*
 * The pages of an acquire are written, and there is no FOLL_WRITE among its flags.
 *
 *	n = pin_user_pages_fast(start, 1, 0, &page);
 *	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
 *
 * Only flags that are known on every path, and of every caller where they are a parameter.
 */

static bool lacks_write(const struct checker_context *context, const struct function *function,
			int call)
{
	struct gup_flags flags = gup_flags_of(context->program, function, call);

	return flags.known && !(flags.may & GUP_WRITE);
}

/* All acquires of the function, which has some, are for reading. */
static bool all_read_only(const struct checker_context *context, const struct function *function)
{
	bool any = false;

	for (int i = 0; i < function->ir->count; i++)
		if (function_has_role(function, i, ROLE_ACQUIRE)) {
			if (!lacks_write(context, function, i))
				return false;
			any = true;
		}
	return any;
}

static bool is_read_only(const struct checker_context *context, const struct page_source *feed)
{
	int call;
	const struct function *function = feed->kind == FEED_ACQUIRE ?
		program_caller(context->program, feed->call, &call) : NULL;

	if (!function)
		return false;
	return lacks_write(context, function, call) ||
	       (function->args[call].flags < 0 && function->callees[call] &&
		all_read_only(context, function->callees[call]));
}

/* The release of what the call dirties, "set_page_dirty(page); put_page(page);", or the call itself. */
static int release_with(const struct function *function, int node)
{
	const struct expr *page = node_argument(function_node(function, node), 0);

	for (int i = node + 1; function_has_role(function, node, ROLE_DIRTY) &&
	     i < function->ir->count; i++)
		if (function_is_plain_release(function, i) && function_pages(function, i) == page)
			return i;
	return node;
}

static bool comes_to(const struct checker_context *context, const struct page_source *feed,
		     const struct call_info *call)
{
	return reach_has(feed->reach, call->node) ||
	       (feed->kind == FEED_ACQUIRE && call->role == ROLE_RELEASE &&
		program_paired(context->program, feed->call->id, call->id));
}

/*
 * Perhaps there are none: callers in files that are not indexed. To a release that links give to
 * acquires alone no other source's pages come.
 */
static bool may_be_none(const struct checker_context *context, const struct page_source *feed,
			const struct call_info *call)
{
	return feed->kind == FEED_PUBLIC ||
	       (feed->kind != FEED_ACQUIRE && call->role == ROLE_RELEASE &&
		program_link_kind(context->program, call->id) == LINK_LINK);
}

/* Pages of this acquire come to the call, and of no other one that may be for writing. */
static bool is_its_own(const struct checker_context *context, const struct page_source *feed,
		       const struct call_info *call)
{
	for (guint i = 0; i < context->feeds->len; i++) {
		const struct page_source *other = context->feeds->pdata[i];
		bool comes = comes_to(context, other, call);

		if (other == feed ? !comes : comes && !may_be_none(context, other, call) &&
					     !is_read_only(context, other))
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
			if (*write >= 0 &&
			    is_its_own(context, feed,
				       (*function)->calls[release_with(*function, i)]))
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
