// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/constant_values.h"
#include "cfg/dominators.h"
#include "link/cross_pair.h"

/* How many calls down an acquire still makes the kind of its pages known. */
#define KNOWN_DEPTH 3

/* The function calls the other one, directly or by others. */
static bool leads_to(const struct call_index *index, const struct ir_function *function,
		     const struct ir_function *callee, int depth)
{
	g_autoptr(GArray) callers = callee ? call_index_callers(index, callee) : NULL;

	for (guint i = 0; callers && i < callers->len; i++) {
		const struct call_at *at = &g_array_index(callers, struct call_at, i);

		if (at->function == function ||
		    (depth > 1 && leads_to(index, function, at->function, depth - 1)))
			return true;
	}
	return false;
}

/* Pages that are not known to be pinned come to the release as well, or may come. */
static bool has_other_pages(const GPtrArray *feeds, const struct pair *cross)
{
	for (guint i = 0; i < feeds->len; i++) {
		const struct page_source *feed = feeds->pdata[i];

		bool other = feed->kind != FEED_ACQUIRE ||
			     family_is_pinned(feed->call->family) !=
				     family_is_pinned(cross->acquire->family);

		if (other && reach_has(feed->reach, cross->release->node))
			return true;
	}
	return false;
}

/* In this function, no condition but those of errors has to tell the kinds apart. */
static bool is_known_there(const struct call_index *index, const GPtrArray *feeds,
			   const struct pair *cross, const struct ir_function *function)
{
	const struct ir_function *acquiring = cfg_function(index->cfg, cross->acquire->function);

	if (function->id == cross->acquire->function)
		return true;
	return leads_to(index, function, acquiring, KNOWN_DEPTH) && !has_other_pages(feeds, cross);
}

/* A caller on the way has decided for the wrong release, by a constant. */
static bool is_chosen(const struct call_index *index, const struct ir_function *function,
		      const struct pair *cross, int wrong, int right)
{
	g_autoptr(GHashTable) on_way = functions_on_way(index->graph, cross);
	struct guard guard = { function, nodes_told_apart(function, wrong, right), -1 };

	if (guard.test < 0)
		return false;
	guard.outcome = ir_deciding_outcome(function, guard.test, wrong);
	return decided_on_way(index, &guard, on_way) & GUARD_HOLDS;
}

/* A parameter of its function decides whether the release is made: drop(page, bool put). */
static bool is_asked_for(const struct call_index *index, const struct call_info *release)
{
	const struct ir_function *function = cfg_function(index->cfg, release->function);
	int node = function ? cfg_call_node(function, release->id) : -1;
	g_autoptr(GArray) guards = node < 0 ? NULL : guards_of(function, node);

	for (guint i = 0; guards && i < guards->len; i++) {
		int test = g_array_index(guards, struct guard, i).test;
		const struct ir_node *asked = &function->nodes[test];

		if (asked->type != IR_TYPE_POINTER && asked->lhs->op == EXPR_LOCAL &&
		    ir_in_parameters(function, index->cfg->pool, test, asked->lhs))
			return true;
	}
	return false;
}

/*
 * The function releases both ways, itself or by functions that it calls. Where it does so by
 * others, each has to be on an outcome of its own of one test, or be asked for.
 */
static bool tells_apart(const struct call_index *index, const GPtrArray *feeds,
			const struct ir_function *function, const struct pair *cross,
			const struct pair *right)
{
	int a = node_for(index, function, cross->release);
	int b = node_for(index, function, right->release);
	bool own = function->id == cross->release->function &&
		   function->id == right->release->function;

	if (is_known_there(index, feeds, cross, function))
		return false;
	if (own && (a < 0 || b < 0))
		return true;	/* one of them is compiled out: #if tells */
	if (a < 0 || b < 0 || a == b)
		return false;
	if (own)
		return !is_chosen(index, function, cross, a, b);
	return nodes_told_apart(function, a, b) >= 0 ||
	       (function->id != cross->release->function && is_asked_for(index, cross->release));
}

static bool tells_apart_above(const struct call_index *index, const GPtrArray *feeds,
			      const struct pair *cross, const struct pair *right)
{
	const struct ir_function *releasing = cfg_function(index->cfg, cross->release->function);
	g_autoptr(GArray) callers = NULL;

	if (!releasing)		/* without a graph, its text is all that is known */
		return cross->release->function == right->release->function &&
		       cross->release->function != cross->acquire->function;
	if (tells_apart(index, feeds, releasing, cross, right))
		return true;
	callers = call_index_callers(index, releasing);
	for (guint i = 0; i < callers->len; i++)
		if (tells_apart(index, feeds, g_array_index(callers, struct call_at, i).function,
				cross, right))
			return true;
	return false;
}

const struct pair *cross_told_apart(const struct call_index *index, const GPtrArray *feeds,
				    const GPtrArray *pairs, const struct pair *cross)
{
	for (guint i = 0; i < pairs->len; i++) {
		const struct pair *pair = pairs->pdata[i];

		if (pair->acquire == cross->acquire && !pair_is_cross(pair) &&
		    tells_apart_above(index, feeds, cross, pair))
			return pair;
	}
	return NULL;
}
