// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cfg/feasible_path.h"
#include "link/match_filter.h"

bool match_filter_frees(const struct graph *graph, const struct page_source *feed,
			    const struct call_info *release)
{
	if (!feed->allocates || !release->function)
		return false;
	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->function == release->function && call->detail == DETAIL_FREE &&
		    reach_has(feed->reach, call->node))
			return true;
	}
	return false;
}

/* A container that each user has for itself is on the way to the release. */
static bool is_by_container(const struct graph *graph, const struct page_source *feed,
			    const struct call_info *release)
{
	for (int i = feed->reach->first[release->node]; i >= 0;) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, i);
		unsigned int details = knowledge_of_type(graph->knowledge,
							 graph_node(graph, step->node)->type);

		if (details & KNOWN(SHARED) && !(details & KNOWN(ONE)))
			return true;
		i = step->from;
	}
	return false;
}

bool match_filter_is_in_another(const struct graph *graph, const struct page_source *feed,
				const struct call_info *release)
{
	if (feed->kind != FEED_OWNER || !feed->allocates || !is_by_container(graph, feed, release))
		return false;
	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->detail == DETAIL_FREE && reach_has(feed->reach, call->node))
			return true;
	}
	return false;
}

bool match_filter_is_kept_from_pins(const struct graph *graph, const struct page_source *feed,
				    const struct call_info *release)
{
	if ((feed->kind != FEED_OWNER && feed->kind != FEED_PUBLIC) ||
	    release->family != FAMILY_PIN)
		return false;
	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];
		bool put = call->role == ROLE_RELEASE && call->family == FAMILY_GET;

		/* Pages that a caller out of sight gives have their release beside this one. */
		if (feed->kind == FEED_PUBLIC && (!put || call->function != release->function))
			continue;
		if ((put || call->detail == DETAIL_FREE) && reach_has(feed->reach, call->node))
			return true;
	}
	return false;
}

enum feed_kind match_filter_reference_kind(const struct graph *graph, const GPtrArray *feeds,
					   const struct page_source *source)
{
	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];
		bool shared = false;

		if (call->role != ROLE_RELEASE || !reach_has(source->reach, call->node))
			continue;
		for (guint k = 0; k < feeds->len && !shared; k++) {
			const struct page_source *feed = feeds->pdata[k];

			shared = feed->kind == FEED_ACQUIRE && reach_has(feed->reach, call->node);
		}
		if (!shared)
			return FEED_ADDRESS;
	}
	return FEED_OWNER;
}

const struct call_info *match_filter_caller_releases(const struct graph *graph,
						     const struct page_source *feed,
						     const struct call_info *release)
{
	int index = feed->reach->first[release->node];
	const struct reached *last = &g_array_index(feed->reach->steps, struct reached, index);
	const struct function_info *function = graph_function_at(graph, last->file, last->line);
	const struct reached *before;

	if (graph_node(graph, release->node)->kind != PLACE_PARAM || last->from < 0 ||
	    last->forward || !function)
		return NULL;
	before = &g_array_index(feed->reach->steps, struct reached, last->from);
	/* Of an array, the caller releases other entries. */
	if (graph_node(graph, before->node)->kind != PLACE_LOCAL ||
	    graph_node(graph, before->node)->array)
		return NULL;
	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->role == ROLE_RELEASE && call->node == before->node &&
		    call->function == function->id && call->line > last->line)
			return call;
	}
	return NULL;
}

struct reason *match_filter_strangers(const struct graph *graph, const struct call_graph *invokes,
				      const struct page_source *feed,
				      const struct call_info *release)
{
	const struct function_info *function = graph_function(graph, release->function);
	g_autofree char *tag = NULL;
	const struct reached *step = NULL;
	const struct node *node = NULL;

	for (int i = feed->reach->first[release->node]; i >= 0; i = step->from) {
		step = &g_array_index(feed->reach->steps, struct reached, i);
		node = graph_node(graph, step->node);
		if (node->kind == PLACE_FIELD || node->kind == PLACE_PARAM)
			break;
	}
	if (!function || !node || node->kind != PLACE_FIELD || !node->shared ||
	    !function_has_object(function, node->name, strcspn(node->name, "."), false) ||
	    !call_graph_are_open(invokes, function))
		return NULL;
	tag = g_strndup(node->name, strcspn(node->name, "."));
	return reason_new(REASON_OBJECT_GIVEN, "ss", tag, function->name);
}

/* The line by which the pages come into the release's function; 0 where they begin in it. */
static int line_of_entry(const struct graph *graph, const struct page_source *feed,
			 const struct call_info *release)
{
	int line = 0;

	for (int i = feed->reach->first[release->node]; i >= 0;) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, i);
		const struct function_info *at = graph_function_at(graph, step->file, step->line);

		if (!at || at->id != release->function)
			break;
		line = step->line;
		i = step->from;
	}
	return line;
}

/* No path comes from one node to the other. */
static bool is_infeasible(const struct ir_function *function, struct expr_pool *pool, int from,
			  int to, GHashTable *known)
{
	int answer = GPOINTER_TO_INT(g_hash_table_lookup(known, GINT_TO_POINTER(from + 1)));

	if (!answer) {
		answer = !ir_feasible(function, pool, from, to) + 1;
		g_hash_table_insert(known, GINT_TO_POINTER(from + 1), GINT_TO_POINTER(answer));
	}
	return answer - 1;
}

bool match_filter_excluded(const struct graph *graph, const struct cfg *cfg,
			   const struct page_source *feed, const struct call_info *release,
			   GHashTable *known)
{
	const struct ir_function *function = cfg_function(cfg, release->function);
	int to = function ? cfg_call_node(function, release->id) : -1, from = -1;
	int line = to < 0 ? 0 : line_of_entry(graph, feed, release);

	for (int i = 0; line && i < function->count; i++)
		if (function->nodes[i].kind == IR_CALL && function->nodes[i].line == line) {
			if (from >= 0 || i == to)
				return false;
			from = i;
		}
	return from >= 0 && is_infeasible(function, cfg->pool, from, to, known);
}

/* The last field or global that the pages are in before the release, or -1. */
static int last_memory(const struct graph *graph, const struct page_source *feed,
		       const struct call_info *release)
{
	for (int i = feed->reach->first[release->node]; i >= 0;) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, i);
		enum place_kind kind = graph_node(graph, step->node)->kind;

		if (kind == PLACE_FIELD || kind == PLACE_GLOBAL)
			return step->node;
		i = step->from;
	}
	return -1;
}

static bool is_own(const struct page_source *feed, const struct call_info *release)
{
	return feed->call->function == release->function && feed->call->line < release->line;
}

static bool calls(const struct graph *graph, const struct call_graph *invokes, int caller,
		  const struct function_info *callee)
{
	const GArray *list = callee ? call_graph_of(invokes, callee->key) : NULL;

	for (guint i = 0; list && i < list->len; i++) {
		const struct invoked *call = &g_array_index(list, struct invoked, i);
		const struct function_info *at = graph_function_at(graph, call->file, call->line);

		if (at && at->id == caller)
			return true;
	}
	return false;
}

/* An acquire above the release fills the same field that another function's filled before. */
static bool is_refilled(const struct graph *graph, const struct call_graph *invokes,
			const struct call_info *release, const struct page_source *other,
			const GPtrArray *acquires)
{
	int memory = last_memory(graph, other, release);

	if (memory < 0 || other->call->function == release->function ||
	    calls(graph, invokes, release->function, graph_function(graph, other->call->function)))
		return false;
	for (guint i = 0; i < acquires->len; i++) {
		const struct page_source *feed = acquires->pdata[i];

		if (is_own(feed, release) && last_memory(graph, feed, release) == memory &&
		    feed->call->family == other->call->family)
			return true;
	}
	return false;
}

void match_filter_keep_own(const struct graph *graph, const struct call_graph *invokes,
			   const struct call_info *release, GPtrArray *acquires)
{
	g_autoptr(GPtrArray) all = g_ptr_array_copy(acquires, NULL, NULL);

	for (guint i = 0; i < all->len; i++)
		if (is_refilled(graph, invokes, release, all->pdata[i], all))
			g_ptr_array_remove(acquires, all->pdata[i]);
}

/* The pages are in the function, or start there, before they come to the memory. */
static bool comes_through(const struct graph *graph, const struct page_source *source, int memory,
			  const struct function_info *function)
{
	const struct reach *reach = source->reach;

	for (int i = reach->first[memory]; i >= 0;) {
		const struct reached *step = &g_array_index(reach->steps, struct reached, i);

		if (graph_function_at(graph, step->file, step->line) == function)
			return true;
		i = step->from;
	}
	return false;
}

/* The function acquires above the release, itself or by a function that it calls. */
static bool acquires_above(const struct graph *graph, const struct call_graph *invokes,
			   const struct page_source *feed, const struct call_info *release)
{
	return is_own(feed, release) ||
	       (feed->call->function != release->function &&
		calls(graph, invokes, release->function,
		      graph_function(graph, feed->call->function)));
}

bool match_filter_is_refilled(const struct graph *graph, const struct call_graph *invokes,
			      const struct call_info *release, const struct page_source *owner,
			      const GPtrArray *acquires)
{
	const struct function_info *function = graph_function(graph, release->function);
	int memory = last_memory(graph, owner, release);

	if (memory < 0 || !function || comes_through(graph, owner, memory, function))
		return false;
	for (guint i = 0; i < acquires->len; i++) {
		const struct page_source *feed = acquires->pdata[i];

		if (acquires_above(graph, invokes, feed, release) &&
		    comes_through(graph, feed, release->node, function) &&
		    (last_memory(graph, feed, release) == memory ||
		     last_memory(graph, feed, release) < 0))
			return true;
	}
	return false;
}
