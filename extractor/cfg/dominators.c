// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/dominators.h"

/**
 * struct digraph - edges in the direction of the tree
 * @next, @before: of GArray of int, for each node
 */
struct digraph {
	int count, root;
	GPtrArray *next, *before;
};

static void list_free(void *list)
{
	g_array_unref(list);
}

static GPtrArray *lists_new(int count)
{
	GPtrArray *lists = g_ptr_array_new_with_free_func(list_free);

	for (int i = 0; i < count; i++)
		g_ptr_array_add(lists, g_array_new(FALSE, FALSE, sizeof(int)));
	return lists;
}

static void add_edge(struct digraph *graph, int from, int to)
{
	g_array_append_val((GArray *)graph->next->pdata[from], to);
	g_array_append_val((GArray *)graph->before->pdata[to], from);
}

/* @backward: every edge turned around, and a virtual exit as the root. */
static struct digraph graph_of(const struct ir_function *function, bool backward)
{
	int count = function->count + backward, next[2];
	struct digraph graph = { count, backward ? function->count : 0, lists_new(count),
				 lists_new(count) };

	for (int i = 0; i < function->count; i++) {
		int edges = ir_successors(function, i, IR_EDGES_CONTROL, next);

		for (int n = 0; n < edges; n++)
			add_edge(&graph, backward ? next[n] : i, backward ? i : next[n]);
		if (backward && !edges)
			add_edge(&graph, graph.root, i);
	}
	return graph;
}

static void graph_clear(struct digraph *graph)
{
	g_ptr_array_unref(graph->next);
	g_ptr_array_unref(graph->before);
}

/* Depth-first search with a stack of its own; @order is filled. The nodes in reverse postorder. */
static GArray *reverse_postorder(const struct digraph *graph, int *order)
{
	GArray *sorted = g_array_new(FALSE, FALSE, sizeof(int));
	g_autoptr(GArray) stack = g_array_new(FALSE, FALSE, sizeof(int));
	g_autofree guint *taken = g_new0(guint, graph->count + 1);
	g_autofree bool *seen = g_new0(bool, graph->count + 1);

	if (graph->count) {
		g_array_append_val(stack, graph->root);
		seen[graph->root] = true;
	}
	while (stack->len) {
		int at = g_array_index(stack, int, stack->len - 1);
		const GArray *next = graph->next->pdata[at];

		if (taken[at] == next->len) {
			g_array_prepend_val(sorted, at);
			g_array_set_size(stack, stack->len - 1);
			continue;
		}
		at = g_array_index(next, int, taken[at]++);
		if (!seen[at])
			g_array_append_val(stack, at);
		seen[at] = true;
	}
	for (guint i = 0; i < sorted->len; i++)
		order[g_array_index(sorted, int, i)] = i;
	return sorted;
}

/* The nearest common ancestor of two nodes in the tree so far. */
static int intersect(const struct ir_dominators *dom, int a, int b)
{
	while (a != b) {
		while (dom->order[a] > dom->order[b])
			a = dom->immediate[a];
		while (dom->order[b] > dom->order[a])
			b = dom->immediate[b];
	}
	return a;
}

static int new_immediate(const struct ir_dominators *dom, const GArray *before)
{
	int found = -1;

	for (guint i = 0; i < before->len; i++) {
		int from = g_array_index(before, int, i);

		if (dom->immediate[from] >= 0)
			found = found < 0 ? from : intersect(dom, from, found);
	}
	return found;
}

/*
 * Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm": rounds in reverse postorder
 * until no immediate dominator changes. It ends as each only moves up the tree; a reducible graph
 * takes two rounds.
 */
static struct ir_dominators *solve(struct digraph *graph)
{
	struct ir_dominators *dom = g_new0(struct ir_dominators, 1);
	g_autoptr(GArray) sorted = NULL;
	bool changed = true;

	dom->root = graph->root;
	dom->immediate = g_new(int, graph->count + 1);
	dom->order = g_new(int, graph->count + 1);
	for (int i = 0; i < graph->count; i++)
		dom->immediate[i] = dom->order[i] = -1;
	sorted = reverse_postorder(graph, dom->order);
	if (graph->count)
		dom->immediate[graph->root] = graph->root;
	while (changed) {
		changed = false;
		for (guint i = 1; i < sorted->len; i++) {
			int node = g_array_index(sorted, int, i);
			int found = new_immediate(dom, graph->before->pdata[node]);

			changed |= dom->immediate[node] != found;
			dom->immediate[node] = found;
		}
	}
	graph_clear(graph);
	return dom;
}

struct ir_dominators *ir_dominators_new(const struct ir_function *function)
{
	struct digraph graph = graph_of(function, false);

	return solve(&graph);
}

struct ir_dominators *ir_postdominators_new(const struct ir_function *function)
{
	struct digraph graph = graph_of(function, true);

	return solve(&graph);
}

void ir_dominators_free(struct ir_dominators *dom)
{
	if (!dom)
		return;
	g_free(dom->immediate);
	g_free(dom->order);
	g_free(dom);
}

bool ir_dominates(const struct ir_dominators *dom, int a, int b)
{
	if (dom->order[a] < 0 || dom->order[b] < 0)
		return false;
	while (dom->order[b] > dom->order[a])
		b = dom->immediate[b];
	return a == b;
}

/* The node is out of reach when that edge is taken out: a search of O(nodes + edges) each. */
int ir_deciding_outcome(const struct ir_function *function, int test, int node)
{
	for (int outcome = 1; outcome >= 0; outcome--)
		if (!ir_reaches(function, 0, node, test * 2 + outcome))
			return outcome;
	return -1;
}

bool ir_result_decides(const struct ir_function *function, const struct expr *result, int node,
		       bool truth)
{
	for (int i = 0; i < function->count; i++) {
		const struct ir_node *test = &function->nodes[i];

		if (test->kind == IR_TEST && test->lhs == result && expr_is_number(test->rhs, 0) &&
		    (test->op == IR_OP_NE || test->op == IR_OP_EQ) &&
		    ir_deciding_outcome(function, i, node) == ((test->op == IR_OP_NE) == truth))
			return true;
	}
	return false;
}
