// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "link/iov_iter_origin.h"

/*
 * A place that iterators come from: one call that makes them, a test, a member for those over
 * kernel memory, or out of sight.
 */
struct iter_origin {
	const struct call_info *maker;
	bool tested, kernel;
	int holder;	/* node, where kernel */
	struct reach *reach;
};

struct iov_iter_origins {
	const struct graph *graph;
	const GArray *tested;
	GArray *origins;
};

static bool makes_user(const struct call_info *call)
{
	return call->detail == DETAIL_USER_ITER;
}

static bool is_maker(const struct call_info *call)
{
	return makes_user(call) || call->detail == DETAIL_KERNEL_ITER;
}

static bool is_iterator(const struct graph *graph, const struct node *node)
{
	return knowledge_of_type(graph->knowledge, node->type) & KNOWN(ITER) &&
	       !strstr(node->type, "(*");
}

static void origin_add(struct iov_iter_origins *o, const struct call_info *maker,
		       struct reach *reach)
{
	struct iter_origin origin = { .maker = maker, .reach = reach };

	g_array_append_val(o->origins, origin);
}

/* A member that holds iterators over kernel memory, whoever made them. */
static bool is_for_kernel(const struct graph *graph, const struct node *node)
{
	return node->kind == PLACE_FIELD &&
	       knowledge_has(graph->knowledge, KNOW_KERNEL_ITER, node->name);
}

/* by one of the first origins */
static bool is_reached(const struct iov_iter_origins *o, guint count, guint node)
{
	for (guint i = 0; i < count; i++)
		if (reach_has(g_array_index(o->origins, struct iter_origin, i).reach, node))
			return true;
	return false;
}

/* Callers or other files may put any iterator there. */
static bool is_open(const struct graph *graph, const struct node *node)
{
	bool is_static;

	if (node->kind == PLACE_FIELD || node->kind == PLACE_GLOBAL)
		return true;
	if (node->kind == PLACE_RETURN)
		return !graph_has_body(graph, node->owner) && !node->resolved;
	if (node->kind != PLACE_PARAM || !graph_has_body(graph, node->owner))
		return false;
	is_static = node->owner[strcspn(node->owner, "\t") + 1];
	return !is_static || !node->entered;
}

static void add_makers(struct iov_iter_origins *o)
{
	for (guint i = 0; i < o->graph->calls->len; i++) {
		const struct call_info *call = o->graph->calls->pdata[i];

		if (call->node >= 0 && is_maker(call))
			origin_add(o, call,
				   reach_from_without(o->graph, call->node, call->file, call->line,
						      o->tested));
	}
}

static void add_tested(struct iov_iter_origins *o)
{
	for (guint i = 0; o->tested && i < o->tested->len; i++) {
		const struct reach_cut *cut = &g_array_index(o->tested, struct reach_cut, i);
		const GArray *out = graph_node(o->graph, cut->from)->out;

		for (guint e = 0; e < out->len; e++) {
			const struct edge *edge = &g_array_index(out, struct edge, e);
			struct iter_origin origin = { .tested = true };

			if (edge->to != cut->to || edge->file != cut->file ||
			    edge->line != cut->line)
				continue;
			origin.reach = reach_from_edge(o->graph, cut->from, edge);
			g_array_append_val(o->origins, origin);
		}
	}
}

/*
 * A public parameter that is given iterators behind a test: callers elsewhere are taken to test,
 * too.
 */
static bool is_for_tested(const struct iov_iter_origins *o, guint node)
{
	for (guint i = 0; i < o->origins->len; i++) {
		const struct iter_origin *origin =
			&g_array_index(o->origins, struct iter_origin, i);

		if (origin->tested && graph_node(o->graph, node)->entered &&
		    reach_has(origin->reach, node))
			return true;
	}
	return false;
}

/*
 * Without a maker in sight it is filled out of sight; a public parameter also by others, and so
 * is a member of a struct that the whole kernel has (msghdr.msg_iter).
 */
static void add_open(struct iov_iter_origins *o)
{
	guint makers = o->origins->len;

	for (guint i = 0; i < o->graph->nodes->len; i++) {
		const struct node *node = graph_node(o->graph, i);

		if (!is_iterator(o->graph, node) || !is_open(o->graph, node))
			continue;
		if (is_for_kernel(o->graph, node)) {
			struct iter_origin origin = { .kernel = true, .holder = (int)i };

			origin.reach = reach_from_content_without(o->graph, i, o->tested);
			g_array_append_val(o->origins, origin);
			continue;
		}
		if ((node->kind != PLACE_PARAM && !node->share && is_reached(o, makers, i)) ||
		    (node->kind == PLACE_PARAM && is_for_tested(o, i)))
			continue;
		origin_add(o, NULL, reach_from_content_without(o->graph, i, o->tested));
	}
}

struct iov_iter_origins *iov_iter_origins_new(const struct graph *graph, const GArray *tested)
{
	struct iov_iter_origins *o = g_new0(struct iov_iter_origins, 1);

	o->graph = graph;
	o->tested = tested;
	o->origins = g_array_new(FALSE, FALSE, sizeof(struct iter_origin));
	add_makers(o);
	add_tested(o);
	add_open(o);
	return o;
}

void iov_iter_origins_free(struct iov_iter_origins *o)
{
	for (guint i = 0; i < o->origins->len; i++)
		reach_free(g_array_index(o->origins, struct iter_origin, i).reach);
	g_array_unref(o->origins);
	g_free(o);
}

struct iov_iter_origin iov_iter_origin_of(const struct iov_iter_origins *o,
					  const struct call_info *acquire)
{
	struct iov_iter_origin found = { ITERATOR_NONE };
	bool unknown = false, any = false, tested = false;

	for (guint i = 0; i < o->graph->iterators->len; i++) {
		const struct side_flow *flow = &g_array_index(o->graph->iterators, struct side_flow,
							      i);

		if (flow->file != acquire->file || flow->line != acquire->line)
			continue;
		for (guint n = 0; n < o->origins->len; n++) {
			const struct iter_origin *origin = &g_array_index(o->origins,
									  struct iter_origin, n);

			if (!reach_has(origin->reach, flow->src))
				continue;
			any = true;
			if (origin->tested)
				tested = true;
			else if (origin->kernel)
				found.held = true, found.holder = origin->holder;
			else if (!origin->maker)
				unknown = true;
			else if (makes_user(origin->maker))
				found.maker = found.maker ? found.maker : origin->maker;
			else
				found.other = found.other ? found.other : origin->maker;
		}
	}
	if (unknown || !any)
		found.kind = ITERATOR_UNKNOWN;
	else if ((found.maker || tested) && (found.other || found.held))
		found.kind = ITERATOR_BOTH;
	else
		found.kind = found.maker || tested ? ITERATOR_USER : ITERATOR_KERNEL;
	return found;
}
