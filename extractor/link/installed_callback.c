// SPDX-License-Identifier: GPL-2.0-only
#include "link/installed_callback.h"

/* The node passes the function on, or stores it. */
static bool installs(const struct ir_node *node, const struct expr *function)
{
	if (node->kind == IR_SET)
		return node->rhs == function;
	for (int i = 0; node->kind == IR_CALL && i < node->arg_count; i++)
		if (node->args[i] == function)
			return true;
	return false;
}

/* The functions of the file that have it as a value: of their ids. Caller frees. */
static GArray *installers_of(const struct cfg *cfg, const struct function_info *function)
{
	GArray *installers = g_array_new(FALSE, FALSE, sizeof(int));
	const struct expr *name = expr_local(cfg->pool, function->name);

	for (guint f = 0; f < cfg->functions->len; f++) {
		const struct ir_function *at = cfg->functions->pdata[f];
		bool any = false;

		for (int i = 0; at->file == function->file && i < at->count && !any; i++)
			any = installs(&at->nodes[i], name);
		if (any)
			g_array_append_val(installers, at->id);
	}
	return installers;
}

static bool is_memory(const struct node *node)
{
	return node->kind == PLACE_FIELD || node->kind == PLACE_GLOBAL;
}

/*
 * The pages go through the function on their way to the release. into: on their way into the
 * memory alone that the release has them from.
 */
static bool goes_through(const struct graph *graph, const struct page_source *feed,
			 const struct call_info *release, int function, bool into)
{
	const struct reach *reach = feed->reach;
	bool looks = !into;

	for (int i = reach->first[release->node]; i >= 0;) {
		const struct reached *step = &g_array_index(reach->steps, struct reached, i);
		const struct function_info *at = graph_function_at(graph, step->file, step->line);

		looks |= is_memory(graph_node(graph, step->node));
		if (looks && at && at->id == function)
			return true;
		i = step->from;
	}
	return false;
}

static bool any_goes_into(const struct graph *graph, const GPtrArray *acquires,
			  const struct call_info *release, int function)
{
	for (guint i = 0; i < acquires->len; i++)
		if (goes_through(graph, acquires->pdata[i], release, function, true))
			return true;
	return false;
}

bool callback_is_of_others(const struct graph *graph, const struct cfg *cfg,
			   const struct call_graph *invokes, const GPtrArray *acquires,
			   const struct page_source *feed, const struct call_info *release)
{
	const struct function_info *function = graph_function(graph, release->function);
	g_autoptr(GArray) installers = NULL;

	if (!function || !function->is_static || function->taken ||
	    call_graph_of(invokes, function->key))
		return false;
	installers = installers_of(cfg, function);
	for (guint i = 0; i < installers->len; i++) {
		int id = g_array_index(installers, int, i);

		if (!any_goes_into(graph, acquires, release, id) ||
		    goes_through(graph, feed, release, id, false))
			return false;
	}
	return installers->len;
}
