// SPDX-License-Identifier: GPL-2.0-only
#include "dataflow/heap_clone.h"
#include "dataflow/reachability.h"
#include "model/path_class.h"

#define STACK_MAX 6		/* open calls that are kept in mind */
#define STATES_MAX 200000	/* a bound for hostile trees; real ones need hundreds */

/* An open call: numbers into walk.frames; 0 is the empty stack. */
struct frame {
	int site;
	int below;
	int depth;
};

struct reach_walk {
	const struct graph *graph;
	struct reach *reach;
	GArray *frames;
	GHashTable *frame_by_key;
	GHashTable *seen;
	const GArray *cuts;	/* of struct reach_cut, or NULL */
};

static gint64 pair(int a, int b)
{
	return ((gint64)a << 32) | (guint32)b;
}

static struct frame *frame_at(struct reach_walk *walk, int number)
{
	return &g_array_index(walk->frames, struct frame, number);
}

static int frame_push(struct reach_walk *walk, int below, int site)
{
	gint64 key = pair(site, below);
	struct frame frame = { site, below, frame_at(walk, below)->depth + 1 };
	void *found;

	/* Too deep, mostly a recursion: the locations that matter are seen before. */
	if (frame.depth > STACK_MAX)
		return -1;
	found = g_hash_table_lookup(walk->frame_by_key, &key);
	if (!found) {
		g_array_append_val(walk->frames, frame);
		found = GINT_TO_POINTER(walk->frames->len - 1);
		g_hash_table_insert(walk->frame_by_key, g_memdup2(&key, sizeof(key)), found);
	}
	return GPOINTER_TO_INT(found);
}

static bool is_shared_memory(const struct node *node)
{
	return node->kind == PLACE_FIELD || node->kind == PLACE_GLOBAL;
}

static void walk_visit(struct reach_walk *walk, struct reached step)
{
	gint64 key;

	if (is_shared_memory(graph_node(walk->graph, step.node)))
		step.stack = 0;
	key = pair(step.node, step.stack * 2 + step.forward);
	if (walk->reach->steps->len >= STATES_MAX ||
	    !g_hash_table_add(walk->seen, g_memdup2(&key, sizeof(key))))
		return;
	g_array_append_val(walk->reach->steps, step);
	if (walk->reach->first[step.node] < 0)
		walk->reach->first[step.node] = walk->reach->steps->len - 1;
}

/* The stack behind the edge, or -1 where it cannot be taken. */
static int stack_behind(struct reach_walk *walk, const struct edge *edge, int stack)
{
	if (edge->kind == EDGE_ENTER)
		return frame_push(walk, stack, edge->site);
	if (edge->kind == EDGE_WITHIN || !stack)
		return stack;
	return frame_at(walk, stack)->site == edge->site ? frame_at(walk, stack)->below : -1;
}

/* pages[i] = page, *pfn = page_to_pfn(page): one page, into an array that others see. */
static bool stores(const struct graph *graph, int from, const struct edge *edge)
{
	const struct node *to = graph_node(graph, edge->to);

	return edge->turn == TURN_NONE && edge->kind == EDGE_WITHIN && to->array &&
	       (to->kind == PLACE_PARAM || to->kind == PLACE_LOCAL) &&
	       (graph_node(graph, from)->kind == PLACE_LOCAL ||
		graph_node(graph, from)->kind == PLACE_RESULT);
}

/* None of the open calls has made another object than the one that pages come to. */
static bool context_fits(struct reach_walk *walk, int context, int stack)
{
	while (context && stack) {
		const struct frame *frame = frame_at(walk, stack);
		const struct call_site *site = frame->site ? &g_array_index(walk->graph->site_info,
									    struct call_site,
									    frame->site - 1)
							   : NULL;

		if (site && !heap_clones_allow(walk->graph->clones, context, site->owner,
					       site->file, site->line))
			return false;
		stack = frame->below;
	}
	return true;
}

/*
 * Out of an object into a function that makes it: by the very calls that do. One
 * that no pages go by has no number, and lets none out.
 */
static int stack_of_way(struct reach_walk *walk, const struct edge *edge, int stack)
{
	const struct function_info *function = edge->from_context > 0 && !stack ?
		graph_function_at(walk->graph, edge->file, edge->line) : NULL;
	g_autoptr(GArray) calls = NULL;

	if (!function)
		return stack;
	calls = heap_clones_calls(walk->graph->clones, edge->from_context, function->key);
	for (guint i = calls->len; i-- > 0 && stack >= 0;) {
		const struct call_site *call = &g_array_index(calls, struct call_site, i);

		stack = frame_push(walk, stack,
				   graph_site(walk->graph, call->file, call->line, call->owner));
	}
	return MAX(stack, 0);
}

/*
 * "obj->pages = pages" read backwards, and forwards again: pages that were put into the member came
 * to the local array, which is the same memory. No other object has it by this assignment.
 */
static bool is_round_trip(const struct reach_walk *walk, const struct reached *at,
			  const struct edge *edge)
{
	const struct reached *before;

	if (edge->turn != TURN_FORWARD || at->from < 0 || at->forward || at->file != edge->file ||
	    at->line != edge->line || graph_node(walk->graph, at->node)->kind != PLACE_LOCAL)
		return false;
	before = &g_array_index(walk->reach->steps, struct reached, at->from);
	return graph_node(walk->graph, before->node)->place ==
	       graph_node(walk->graph, edge->to)->place;
}

/*
 * "orig = *bio; ...; *bio = orig": what was read out of a pointer's memory is stored there again.
 * It is no new content, which would be in other names of that memory, too.
 */
static bool is_put_back(const struct reach_walk *walk, const struct reached *at,
			const struct edge *edge)
{
	return at->forward && at->from >= 0 && edge->turn != TURN_FORWARD &&
	       g_array_index(walk->reach->steps, struct reached, at->from).node == edge->to;
}

static bool is_cut(const struct reach_walk *walk, int from, const struct edge *edge)
{
	for (guint i = 0; walk->cuts && i < walk->cuts->len; i++) {
		const struct reach_cut *cut = &g_array_index(walk->cuts, struct reach_cut, i);

		if (cut->from == from && cut->to == edge->to && cut->file == edge->file &&
		    cut->line == edge->line)
			return true;
	}
	return false;
}

static void walk_edge(struct reach_walk *walk, int index, const struct edge *edge)
{
	const struct reached *at = &g_array_index(walk->reach->steps, struct reached, index);
	struct reached step = { edge->to, index, edge->file, edge->line, 0, false, false };

	if ((edge->turn == TURN_BACK && at->forward) || is_round_trip(walk, at, edge) ||
	    is_put_back(walk, at, edge) || is_cut(walk, at->node, edge))
		return;
	step.forward = edge->turn == TURN_FORWARD;
	step.origin = edge->turn == TURN_BACK ? at->origin : stores(walk->graph, at->node, edge);
	step.stack = stack_behind(walk, edge, stack_of_way(walk, edge, at->stack));
	if (step.stack >= 0 && context_fits(walk, edge->context, step.stack))
		walk_visit(walk, step);
}

static struct reach_walk walk_new(const struct graph *graph)
{
	struct reach_walk walk = { .graph = graph };
	struct frame bottom = { 0 };

	walk.reach = g_new0(struct reach, 1);
	walk.reach->steps = g_array_new(FALSE, FALSE, sizeof(struct reached));
	walk.reach->first = g_new(int, graph->nodes->len + 1);
	for (guint i = 0; i < graph->nodes->len; i++)
		walk.reach->first[i] = -1;
	walk.frames = g_array_new(FALSE, FALSE, sizeof(struct frame));
	g_array_append_val(walk.frames, bottom);
	walk.frame_by_key = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	walk.seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	return walk;
}

static struct reach *walk_finish(struct reach_walk *walk, guint from)
{
	for (guint i = from; i < walk->reach->steps->len; i++) {
		int node = g_array_index(walk->reach->steps, struct reached, i).node;
		const GArray *out = graph_node(walk->graph, node)->out;

		for (guint e = 0; e < out->len; e++)
			walk_edge(walk, i, &g_array_index(out, struct edge, e));
	}
	g_array_unref(walk->frames);
	g_hash_table_destroy(walk->frame_by_key);
	g_hash_table_destroy(walk->seen);
	return walk->reach;
}

struct reach *reach_from(const struct graph *graph, int node, int file, int line)
{
	return reach_from_without(graph, node, file, line, NULL);
}

struct reach *reach_from_without(const struct graph *graph, int node, int file, int line,
				 const GArray *cuts)
{
	struct reach_walk walk = walk_new(graph);

	walk.cuts = cuts;
	walk_visit(&walk, (struct reached){ node, -1, file, line, 0, false, true });
	return walk_finish(&walk, 0);
}

struct reach *reach_from_content(const struct graph *graph, int node)
{
	return reach_from_content_without(graph, node, NULL);
}

struct reach *reach_from_content_without(const struct graph *graph, int node, const GArray *cuts)
{
	struct reach_walk walk = walk_new(graph);

	walk.cuts = cuts;
	walk_visit(&walk, (struct reached){ node, -1, 0, 0, 0, true, false });
	return walk_finish(&walk, 0);
}

struct reach *reach_from_edge(const struct graph *graph, int node, const struct edge *edge)
{
	struct reach_walk walk = walk_new(graph);

	walk_visit(&walk, (struct reached){ node, -1, edge->file, edge->line, 0, true, false });
	walk_edge(&walk, 0, edge);
	return walk_finish(&walk, 1);
}

int reach_user(const struct graph *graph, const struct reach *reach, guint index)
{
	const struct reached *step = &g_array_index(reach->steps, struct reached, index);

	while (step->from >= 0 && path_is_public(graph->knowledge, graph_path(graph, step->file)))
		step = &g_array_index(reach->steps, struct reached, step->from);
	return step->file;
}

void reach_free(struct reach *reach)
{
	g_array_unref(reach->steps);
	g_free(reach->first);
	g_free(reach);
}
