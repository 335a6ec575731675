// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"
#include "checkers/checker_context.h"
#include "checkers/gup_flags.h"
#include "checkers/page_writes.h"
#include "link/page_source.h"

/*
 * Pages that were acquired with FOLL_WRITE are written, and released without being marked dirty:
 * reclaim may drop what was written.
 *
 *	pin_user_pages_fast(start, 1, FOLL_WRITE, &page);
 *	at = kmap(page);
 *	*at = value;
 *	kunmap(page);
 *	unpin_user_page(page);
 *
 * An acquire of kind "dirties" marks the pages itself: what the CPU writes in the same function is
 * written soon enough. Only where the write is seen, and no call that dirties comes near the
 * pages: none that the flow of the pages reaches, and none of such a name in a function that
 * acquires, writes or releases them.
 */

/**
 * struct written - a release of pages, after a write
 * @function: of both
 */
struct written {
	const struct function *function;
	int write;
	int release;
};

static bool may_dirty(const struct function *function, int node)
{
	return function_has_role(function, node, ROLE_DIRTY) ||
	       (!function_has_role(function, node, ROLE_ACQUIRE) &&
		function_known(function, node, KNOW_DIRTIES) &&
		!expr_is_number(node_argument(function_node(function, node),
					      function->args[node].dirty), 0));
}

static bool is_of(const struct checker_context *context, const struct page_source *feed,
		  const struct function *function, int node)
{
	const struct call_info *call = function->calls[node];

	return call && (call == feed->call || reach_has(feed->reach, call->node) ||
			(call->role == ROLE_RELEASE &&
			 program_paired(context->program, feed->call->id, call->id)));
}

/* The function has a call with the pages, and one that may dirty some. */
static bool dirties_there(const struct checker_context *context, const struct page_source *feed,
			  const struct function *function)
{
	bool has_pages = false, has_dirty = false;

	for (int i = 0; i < function->ir->count; i++) {
		const struct call_info *call = function->calls[i];

		has_pages |= is_of(context, feed, function, i) &&
			     !(call->role == ROLE_USE && call->detail == DETAIL_STATE);
		has_dirty |= may_dirty(function, i);
	}
	return has_pages && has_dirty;
}

static bool dirties_anywhere(const struct checker_context *context, const struct page_source *feed)
{
	for (guint f = 0; f < context->program->functions->len; f++)
		if (dirties_there(context, feed, context->program->functions->pdata[f]))
			return true;
	return false;
}

/* A release of these pages that a path comes to from the write, or -1. */
static int release_behind(const struct checker_context *context, const struct page_source *feed,
			  const struct function *function, int write)
{
	for (int i = 0; i < function->ir->count; i++)
		if (function_has_role(function, i, ROLE_RELEASE) &&
		    program_paired(context->program, feed->call->id, function->calls[i]->id) &&
		    ir_reaches(function->ir, write, i, -1))
			return i;
	return -1;
}

/* The acquire has dirtied the pages itself: a write here needs no further mark. */
static bool is_marked(const struct page_source *feed, const struct function *function, int use)
{
	return function->calls[use]->detail == DETAIL_CPU &&
	       function->info->id == feed->call->function &&
	       knowledge_has(function->knowledge, KNOW_DIRTIES, feed->call->callee);
}

static bool find_write(const struct checker_context *context, const struct page_source *feed,
		       struct written *found)
{
	for (guint f = 0; f < context->program->functions->len; f++) {
		const struct function *function = context->program->functions->pdata[f];

		for (int i = 0; i < function->ir->count; i++) {
			int write = function_has_role(function, i, ROLE_USE) &&
				reach_has(feed->reach, function->calls[i]->node) &&
				!is_marked(feed, function, i) ?
				page_write_of(function, i) : -1;

			*found = (struct written){ function, write, -1 };
			if (write >= 0)
				found->release = release_behind(context, feed, function, write);
			if (found->release >= 0)
				return true;
		}
	}
	return false;
}

static bool asks_for_write(const struct checker_context *context, const struct call_info *acquire)
{
	for (guint f = 0; f < context->program->functions->len; f++) {
		const struct function *function = context->program->functions->pdata[f];

		for (int i = 0; function->info->id == acquire->function && i < function->ir->count;
		     i++)
			if (function->calls[i] == acquire)
				return gup_flags_of(function, i).may & GUP_WRITE;
	}
	return false;
}

static void look(struct checker_context *context, const struct page_source *feed)
{
	const struct graph *graph = context->program->graph;
	const struct call_info *acquire = feed->call;
	struct finding_row row = { .kind = dirty_kind.word, .detail = "clean", .other = acquire };
	struct written at;

	if (graph_is_core_path(graph, graph_path(graph, acquire->file)) ||
	    !asks_for_write(context, acquire) || !find_write(context, feed, &at) ||
	    dirties_anywhere(context, feed))
		return;
	row.call = at.function->calls[at.release];
	row.file = at.function->info->file;
	row.line = function_node(at.function, at.release)->line;
	row.message = reason_new(REASON_RELEASED_CLEAN, "sdsd", acquire->callee, acquire->line,
				 function_node(at.function, at.write)->kind == IR_CALL ?
				 node_callee(function_node(at.function, at.write)) : "by the CPU",
				 function_node(at.function, at.write)->line);
	finding_add(context->found, row);
}

static void run(struct checker_context *context)
{
	for (guint i = 0; i < context->feeds->len; i++) {
		const struct page_source *feed = context->feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE &&
		    (feed->call->family == FAMILY_PIN || feed->call->family == FAMILY_GET))
			look(context, feed);
	}
}

const struct finding_kind dirty_kind = {
	.word = "dirty",
	.title = "Acquired pages are written and not marked dirty, or marked the wrong way",
	.help = "Release them by unpin_user_pages_dirty_lock(), where the code may sleep.",
	.level = "error", .sarif = "fail", .marks_site = true,
};
static const struct finding_detail details[] = {
	{ "clean", "Acquired pages are written and released without being marked dirty",
	  "Release them by unpin_user_pages_dirty_lock(), or call set_page_dirty_lock() first." },
	{ "unlocked", "set_page_dirty() on an acquired page without its lock",
	  "Use set_page_dirty_lock(), or a release that dirties." },
	{ "atomic", "Acquired pages are dirtied by a call that sleeps where nothing may sleep",
	  "Dirty the pages where the code may sleep." },
	{ NULL },
};
const struct checker check_dirty = { .kind = &dirty_kind, .details = details, .run = run };
