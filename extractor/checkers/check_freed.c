// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/checker_context.h"
#include "link/page_source.h"

/*
 * An acquired page is given to the allocator, which is for pages that it made: it drops a
 * reference, and where that is the last one, it frees a page that is still mapped or cached.
 *
 *	get_user_pages_fast(start, n, 0, pages);
 *	__free_page(pages[0]);
 *
 * Only in the function that acquires, and where no other pages are seen to come there: elsewhere
 * a condition may tell the kernel's own pages from them.
 */

/* The function's first acquire whose pages come to the call; NULL where others do, or none. */
static const struct page_source *only_acquire(const struct checker_context *context,
					      const struct call_info *call)
{
	const struct page_source *acquire = NULL;

	for (guint i = 0; i < context->feeds->len; i++) {
		const struct page_source *feed = context->feeds->pdata[i];

		if (!reach_has(feed->reach, call->node))
			continue;
		if (feed->kind != FEED_ACQUIRE || feed->call->function != call->function)
			return NULL;
		if (!acquire)
			acquire = feed;
	}
	return acquire;
}

static void look(struct checker_context *context, const struct call_info *call)
{
	const struct graph *graph = context->program->graph;
	const struct page_source *feed = only_acquire(context, call);
	struct finding_row row = {
		.kind = mismatched_kind.word, .detail = "freed", .call = call,
		.file = call->file, .line = call->line,
	};

	if (!feed)
		return;
	row.other = feed->call;
	row.message = reason_new(REASON_FREED, "sr", call->callee,
				 reason_call(feed->call->callee,
					     graph_path(graph, feed->call->file),
					     feed->call->line));
	finding_add(context->found, row);
}

static void run(struct checker_context *context)
{
	const struct graph *graph = context->program->graph;

	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->detail == DETAIL_FREE && call->node >= 0 && call_is_seen(call) &&
		    !graph_is_core_path(graph, graph_path(graph, call->file)))
			look(context, call);
	}
}

static const struct finding_detail details[] = {
	{ "freed", "A page of the user is given to the allocator",
	  "Release it with put_page() or unpin_user_page(), as it was acquired." },
	{ NULL },
};
const struct checker check_freed = { .kind = &mismatched_kind, .details = details, .run = run };
