// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/feasible_path.h"
#include "link/caller_guard.h"
#include "link/cross_pair.h"
#include "link/infeasible_pair.h"

/**
 * struct ways - from one acquire to one release
 * @by_key: key of a function -> struct function_info
 * @through: ids of the functions that the pages come into, and of the acquire's
 * @acquiring: the acquire's function; @by: the acquire's node in it
 * @steps: of the way, filled from its end
 * @any: there is one at all
 */
struct ways {
	const struct call_index *index;
	GHashTable *by_key;
	GHashTable *through;
	const struct ir_function *acquiring;
	int by;
	struct way_step steps[WAY_STEPS_MAX];
	bool any;
};

static GHashTable *functions_by_key(const struct graph *graph)
{
	GHashTable *by_key = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < graph->functions->len; i++) {
		const struct function_info *function = graph->functions->pdata[i];

		g_hash_table_insert(by_key, function->key, (void *)function);
	}
	return by_key;
}

/* Pages come into a parameter, or out by a result, of a function that has a graph, or no body. */
static bool enters(struct ways *ways, const struct node *node)
{
	const struct graph *graph = ways->index->graph;
	const struct function_info *function = g_hash_table_lookup(ways->by_key, node->owner);

	if (node_is_indirect(node))
		return false;
	if (!function)
		return !graph_has_body(graph, node->owner);
	if (function->id == ways->acquiring->id)
		return false;
	g_hash_table_add(ways->through, GINT_TO_POINTER(function->id));
	return cfg_function(ways->index->cfg, function->id) || graph_is_core(graph, node->owner);
}

/* The pages stay in the acquire's function and what it calls: no other run of it has them. */
static bool stays_inside(struct ways *ways, const struct page_source *feed)
{
	for (guint i = 0; i < feed->reach->steps->len; i++) {
		int at = g_array_index(feed->reach->steps, struct reached, i).node;
		const struct node *node = graph_node(ways->index->graph, at);

		if (node->kind == PLACE_FIELD || node->kind == PLACE_GLOBAL)
			return false;
		if ((node->kind == PLACE_PARAM || node->kind == PLACE_RETURN) &&
		    !enters(ways, node))
			return false;
	}
	return true;
}

/* No way that ends with the steps from @first on is feasible. */
static bool none_is_feasible(struct ways *ways, int first)
{
	const struct way_step *step = &ways->steps[first];
	g_autoptr(GArray) callers = NULL;

	if (step->function == ways->acquiring) {
		ways->any = true;
		return !ir_feasible_down(ways->index->cfg->pool, ways->by, step,
					 WAY_STEPS_MAX - first);
	}
	if (!first)
		return false;
	callers = call_index_callers(ways->index, step->function);
	for (guint i = 0; i < callers->len; i++) {
		struct call_at at = g_array_index(callers, struct call_at, i);

		if (!g_hash_table_contains(ways->through, GINT_TO_POINTER(at.function->id)))
			continue;
		ways->steps[first - 1] = (struct way_step){ at.function, at.node };
		if (!none_is_feasible(ways, first - 1))
			return false;
	}
	return true;
}

static bool is_infeasible(const struct call_index *index, GHashTable *by_key,
			  const struct pair *pair)
{
	const struct ir_function *releasing = cfg_function(index->cfg, pair->release->function);
	struct ways ways = {
		.index = index, .by_key = by_key,
		.acquiring = cfg_function(index->cfg, pair->acquire->function),
	};
	int to = releasing ? cfg_call_node(releasing, pair->release->id) : -1;
	bool none;

	ways.by = ways.acquiring ? cfg_call_node(ways.acquiring, pair->acquire->id) : -1;
	if (ways.by < 0 || to < 0)
		return false;
	ways.through = g_hash_table_new(NULL, NULL);
	g_hash_table_add(ways.through, GINT_TO_POINTER(ways.acquiring->id));
	ways.steps[WAY_STEPS_MAX - 1] = (struct way_step){ releasing, to };
	none = stays_inside(&ways, pair->feed) && none_is_feasible(&ways, WAY_STEPS_MAX - 1);
	g_hash_table_destroy(ways.through);
	return none && ways.any;
}

static bool is_link(const struct pair *pair)
{
	return pair->acquire && pair->kind == LINK_LINK;
}

/* Other links of the acquire and of the release remain. */
static bool has_others(const GPtrArray *pairs, const GPtrArray *found, const struct pair *pair)
{
	bool acquire = false, release = false;

	for (guint i = 0; i < pairs->len; i++) {
		const struct pair *other = pairs->pdata[i];

		if (!is_link(other) || g_ptr_array_find((GPtrArray *)found, other, NULL))
			continue;
		acquire |= other->acquire == pair->acquire;
		release |= other->release == pair->release;
	}
	return acquire && release;
}

/* The acquire and the release are in another link each. */
static bool is_one_of_many(const GPtrArray *pairs, const struct pair *pair)
{
	g_autoptr(GPtrArray) self = g_ptr_array_new();

	g_ptr_array_add(self, (void *)pair);
	return has_others(pairs, self, pair);
}

void pairs_drop_infeasible(const struct graph *graph, const struct cfg *cfg, GPtrArray *pairs)
{
	struct call_index *index = call_index_new(graph, cfg);
	g_autoptr(GHashTable) by_key = functions_by_key(graph);
	g_autoptr(GPtrArray) found = g_ptr_array_new();

	for (guint i = 0; i < pairs->len; i++) {
		struct pair *pair = pairs->pdata[i];

		if (is_link(pair) && !pair_is_cross(pair) && is_one_of_many(pairs, pair) &&
		    is_infeasible(index, by_key, pair))
			g_ptr_array_add(found, pair);
	}
	for (guint i = 0; i < found->len; i++) {
		struct pair *pair = found->pdata[i];

		if (has_others(pairs, found, pair))
			pairs_dismiss(pairs, pair, pair->kind, NULL);
	}
	call_index_free(index);
}
