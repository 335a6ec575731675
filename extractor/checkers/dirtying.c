// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/dirtying.h"
#include "checkers/never_dirty.h"
#include "link/page_source.h"

/* The first acquire whose pages come to the call, or NULL. */
static const struct call_info *acquire_of(const struct checker_context *context,
					  const struct call_info *call)
{
	for (guint i = 0; i < context->feeds->len; i++) {
		const struct page_source *feed = context->feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE && reach_has(feed->reach, call->node))
			return feed->call;
	}
	return NULL;
}

/* The calls that put pages in scatterlists (const struct call_info *), by file. */
static GHashTable *list_fillers(const struct graph *graph)
{
	GHashTable *by_file = g_hash_table_new_full(NULL, NULL, NULL,
						    (GDestroyNotify)g_ptr_array_unref);

	for (guint i = 0; i < graph->calls->len; i++) {
		struct call_info *call = graph->calls->pdata[i];
		GPtrArray *calls;

		if (call->role != ROLE_USE || call->detail != DETAIL_SCATTER)
			continue;
		calls = g_hash_table_lookup(by_file, GINT_TO_POINTER(call->file));
		if (!calls) {
			calls = g_ptr_array_new();
			g_hash_table_insert(by_file, GINT_TO_POINTER(call->file), calls);
		}
		g_ptr_array_add(calls, call);
	}
	return by_file;
}

/* The pages of the source are put in a scatterlist by one of the calls. */
static bool fills_list(const struct page_source *feed, const GPtrArray *fillers)
{
	for (guint i = 0; i < fillers->len; i++)
		if (reach_has(feed->reach, ((const struct call_info *)fillers->pdata[i])->node))
			return true;
	return false;
}

/*
 * The page comes out of a list by a way that is not seen, and is of no source that is: it is one
 * of those that the file puts in lists, where these are all of acquires. NULL: it puts none there.
 */
static const struct call_info *acquire_of_list(const struct checker_context *context,
					       GHashTable *fillers, const struct call_info *call)
{
	const GPtrArray *own = g_hash_table_lookup(fillers, GINT_TO_POINTER(call->file));
	const struct call_info *acquire = NULL;

	for (guint i = 0; own && i < context->feeds->len; i++) {
		const struct page_source *feed = context->feeds->pdata[i];

		if (reach_has(feed->reach, call->node) && feed->kind != FEED_ADDRESS &&
		    feed->kind != FEED_PUBLIC && feed->kind != FEED_POINTER)
			return NULL;
		if (!fills_list(feed, own))
			continue;
		if (feed->kind != FEED_ACQUIRE)
			return NULL;
		acquire = feed->call;
	}
	return acquire;
}

void check_dirtying(struct checker_context *context, dirtying_fn look, void *data)
{
	g_autoptr(GHashTable) fillers = list_fillers(context->program->graph);

	for (guint f = 0; f < context->program->functions->len; f++) {
		const struct function *function = context->program->functions->pdata[f];

		for (int i = 0; i < function->ir->count; i++) {
			const struct call_info *acquire = call_dirties(function, i) ?
				acquire_of(context, function->calls[i]) : NULL;

			if (!acquire && call_dirties(function, i))
				acquire = acquire_of_list(context, fillers, function->calls[i]);
			if (acquire)
				look(context, function, i, acquire, data);
		}
	}
}

bool dirtying_sleeps(const struct function *function, int call)
{
	return function->calls[call]->detail == DETAIL_SLEEPS ||
	       function_has_role(function, call, ROLE_RELEASE);
}

bool dirtying_is_of_others(const struct checker_context *context, const struct function *function,
			   int call)
{
	for (guint i = 0; i < context->feeds->len; i++) {
		const struct page_source *feed = context->feeds->pdata[i];

		if ((feed->kind == FEED_OWNER || feed->kind == FEED_BORROWER) &&
		    reach_has(feed->reach, function->calls[call]->node))
			return true;
	}
	return false;
}
