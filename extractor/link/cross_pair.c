// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/dominators.h"
#include "cfg/feasible_path.h"
#include "ctext/presence_condition.h"
#include "link/caller_guard.h"
#include "link/cross_pair.h"

bool pair_is_cross(const struct pair *pair)
{
	if (!pair->acquire || pair->kind == LINK_DECOY)
		return false;
	return family_is_pinned(pair->acquire->family) != (pair->release->family == FAMILY_PIN);
}

int nodes_told_apart(const struct ir_function *function, int a, int b)
{
	for (int i = 0; i < function->count; i++) {
		int first, second;

		if (function->nodes[i].kind != IR_TEST || i == a || i == b)
			continue;
		first = ir_deciding_outcome(function, i, a);
		second = first < 0 ? -1 : ir_deciding_outcome(function, i, b);
		if (second >= 0 && first != second)
			return i;
	}
	return -1;
}

/* -- one function -- */

/* The line of the function by which the pages leave it for good, on their way to the release. */
static int last_line(const struct graph *graph, const struct pair *pair, int function)
{
	const struct reach *reach = pair->feed->reach;

	for (int i = reach->first[pair->release->node]; i >= 0;) {
		const struct reached *step = &g_array_index(reach->steps, struct reached, i);
		const struct function_info *at = graph_function_at(graph, step->file, step->line);

		if (at && at->id == function)
			return graph_node(graph, step->node)->kind == PLACE_PARAM ? step->line : 0;
		i = step->from;
	}
	return 0;
}

/* Within the acquire's function, no path leads to the release, or to the call that hands on. */
static bool has_no_path(const struct graph *graph, const struct cfg *cfg, const struct pair *pair)
{
	const struct ir_function *function = cfg_function(cfg, pair->acquire->function);
	int from = function ? cfg_call_node(function, pair->acquire->id) : -1, line;

	if (from < 0)
		return false;
	if (pair->release->function == pair->acquire->function) {
		int to = cfg_call_node(function, pair->release->id);

		return to >= 0 && !ir_feasible(function, cfg->pool, from, to);
	}
	line = last_line(graph, pair, pair->acquire->function);
	for (int i = 0; line && i < function->count; i++)
		if (function->nodes[i].kind == IR_CALL && function->nodes[i].line == line &&
		    i != from && !function->nodes[i].call)
			return !ir_feasible(function, cfg->pool, from, i);
	return false;
}

/* -- callers -- */

GHashTable *functions_on_way(const struct graph *graph, const struct pair *pair)
{
	GHashTable *ids = g_hash_table_new(NULL, NULL);
	const struct reach *reach = pair->feed->reach;

	g_hash_table_add(ids, GINT_TO_POINTER(pair->release->function));
	for (int i = reach->first[pair->release->node]; i >= 0;) {
		const struct reached *step = &g_array_index(reach->steps, struct reached, i);
		const struct function_info *at = graph_function_at(graph, step->file, step->line);

		if (at)
			g_hash_table_add(ids, GINT_TO_POINTER(at->id));
		i = step->from;
	}
	return ids;
}

unsigned int decided_on_way(const struct call_index *index, const struct guard *guard,
			    GHashTable *on_way)
{
	g_autoptr(GHashTable) callers = guard_callers(index, guard);
	GHashTableIter iter;
	void *id, *bits;
	unsigned int decided = 0;

	g_hash_table_iter_init(&iter, callers);
	while (g_hash_table_iter_next(&iter, &id, &bits))
		if (g_hash_table_contains(on_way, id) && (GPOINTER_TO_UINT(bits) == GUARD_HOLDS ||
							  GPOINTER_TO_UINT(bits) == GUARD_FAILS))
			decided |= GPOINTER_TO_UINT(bits);
	return decided;
}

/* Some function on the way calls with a constant that leads past the acquire or release. */
static bool is_denied(const struct call_index *index, const struct call_info *call,
		      GHashTable *on_way)
{
	const struct ir_function *function = cfg_function(index->cfg, call->function);
	int node = function ? cfg_call_node(function, call->id) : -1;
	g_autoptr(GArray) guards = node < 0 ? NULL : guards_of(function, node);

	for (guint i = 0; guards && i < guards->len; i++)
		if (decided_on_way(index, &g_array_index(guards, struct guard, i), on_way) &
		    GUARD_FAILS)
			return true;
	return false;
}

/* -- one of two acquires -- */

int node_for(const struct call_index *index, const struct ir_function *function,
	     const struct call_info *call)
{
	const struct ir_function *callee = cfg_function(index->cfg, call->function);
	g_autoptr(GArray) callers = NULL;

	if (callee == function)
		return cfg_call_node(function, call->id);
	callers = callee ? call_index_callers(index, callee) : NULL;
	for (guint i = 0; callers && i < callers->len; i++) {
		const struct call_at *at = &g_array_index(callers, struct call_at, i);

		if (at->function == function)
			return at->node;
	}
	return -1;
}

/* A test has one of the acquires on either outcome, and no caller on the way decides it. */
static bool is_choice(const struct call_index *index, const struct ir_function *function,
		      const struct pair *cross, const struct pair *right, GHashTable *on_way)
{
	int a = node_for(index, function, cross->acquire);
	int b = a < 0 ? -1 : node_for(index, function, right->acquire);
	struct guard guard = { function, -1, -1 };

	if (b < 0 || a == b)
		return false;
	guard.test = nodes_told_apart(function, a, b);
	if (guard.test < 0)
		return false;
	guard.outcome = ir_deciding_outcome(function, guard.test, a);
	return !(decided_on_way(index, &guard, on_way) & GUARD_HOLDS);
}

static bool is_either(const struct call_index *index, const struct pair *cross,
		      const struct pair *right, GHashTable *on_way)
{
	const struct ir_function *own = cfg_function(index->cfg, cross->acquire->function);
	g_autoptr(GArray) callers = own ? call_index_callers(index, own) : NULL;

	if (own && is_choice(index, own, cross, right, on_way))
		return true;
	for (guint i = 0; callers && i < callers->len; i++)
		if (is_choice(index, g_array_index(callers, struct call_at, i).function, cross,
			      right, on_way))
			return true;
	return false;
}

/* The pair of another acquire that the release may be for; NULL for none. */
static const struct pair *other_choice(const struct call_index *index, const GPtrArray *pairs,
				       const struct pair *cross, GHashTable *on_way)
{
	if (cross->release->function == cross->acquire->function)
		return NULL;
	for (guint i = 0; i < pairs->len; i++) {
		const struct pair *pair = pairs->pdata[i];

		if (pair->release == cross->release && pair->acquire && pair->kind == LINK_LINK &&
		    !pair_is_cross(pair) && is_either(index, cross, pair, on_way))
			return pair;
	}
	return NULL;
}

bool cross_is_infeasible(const struct call_index *index, const GPtrArray *pairs,
			 const struct pair *pair)
{
	g_autoptr(GHashTable) on_way = functions_on_way(index->graph, pair);

	return guards_exclude(pair->acquire->guard, pair->release->guard) ||
	       has_no_path(index->graph, index->cfg, pair) ||
	       cross_is_other_callback(index, pair) ||
	       is_denied(index, pair->acquire, on_way) ||
	       is_denied(index, pair->release, on_way) ||
	       other_choice(index, pairs, pair, on_way);
}

/* Pages that are known to be others come to the release, and have a reference. */
static bool has_others(const GPtrArray *feeds, const struct call_info *release)
{
	for (guint i = 0; i < feeds->len; i++) {
		const struct page_source *feed = feeds->pdata[i];

		if ((feed->kind == FEED_OWNER || feed->referenced) &&
		    reach_has(feed->reach, release->node))
			return true;
	}
	return false;
}

/* The reason why a cross pair is none, or NULL. */
static struct reason *excluded(const struct call_index *index, const GPtrArray *feeds,
			       const GPtrArray *pairs, const struct pair *pair)
{
	const struct pair *right;

	if (pair->kind == LINK_LINK && cross_is_infeasible(index, pairs, pair))
		return reason_new(REASON_NEVER_HERE, "r", reason_copy(pair->feed->source));
	right = cross_told_apart(index, feeds, pairs, pair);
	if (!right)
		return NULL;
	return reason_new(REASON_TOLD_APART, "ssdr", right->release->callee,
			  graph_path(index->graph, right->release->file), right->release->line,
			  reason_copy(right->feed->source));
}

static bool has_right_link(const GPtrArray *pairs, const struct call_info *acquire)
{
	for (guint i = 0; i < pairs->len; i++) {
		const struct pair *pair = pairs->pdata[i];

		if (pair->acquire == acquire && pair->kind == LINK_LINK && !pair_is_cross(pair))
			return true;
	}
	return false;
}

/*
 * An ordinary release that is not certain to get a pin does not hold back one that has its unpin:
 * it keeps its kind, alone.
 */
static void pins_let_go(GPtrArray *pairs)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new();

	for (guint i = 0; i < pairs->len; i++) {
		struct pair *pair = pairs->pdata[i];

		if (pair_is_cross(pair) && pair->kind != LINK_LINK &&
		    family_is_pinned(pair->acquire->family) && has_right_link(pairs, pair->acquire))
			g_ptr_array_add(found, pair);
	}
	for (guint i = 0; i < found->len; i++) {
		struct pair *pair = found->pdata[i];

		pairs_dismiss(pairs, pair, pair->kind, reason_copy(pair->reason));
	}
}

void pairs_check_cross(const struct graph *graph, const struct cfg *cfg, const GPtrArray *feeds,
		       GPtrArray *pairs)
{
	struct call_index *index = NULL;
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	g_autoptr(GPtrArray) reasons = g_ptr_array_new();

	for (guint i = 0; i < pairs->len; i++) {
		struct pair *pair = pairs->pdata[i];
		struct reason *reason;

		if (!pair_is_cross(pair))
			continue;
		if (!index)
			index = call_index_new(graph, cfg);
		reason = excluded(index, feeds, pairs, pair);
		if (!reason)
			continue;
		g_ptr_array_add(found, pair);
		g_ptr_array_add(reasons, reason);
	}
	for (guint i = 0; i < found->len; i++) {
		struct pair *pair = found->pdata[i];
		bool others = has_others(feeds, pair->release);

		pairs_dismiss(pairs, pair, others ? LINK_DECOY : LINK_UNKNOWN, reasons->pdata[i]);
	}
	pins_let_go(pairs);
	call_index_free(index);
}
