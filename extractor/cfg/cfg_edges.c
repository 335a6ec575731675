// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"

int ir_successors(const struct ir_function *function, int node, enum ir_edges edges, int next[2])
{
	const struct ir_node *at = &function->nodes[node];
	int count = 0;

	if (at->yes >= 0)
		next[count++] = at->yes;
	if (at->no >= 0 && at->no != at->yes && (at->kind == IR_TEST || edges == IR_EDGES_PASS_BY))
		next[count++] = at->no;
	return count;
}

/* Counting sort of the edges by their ends: each node's predecessors come in rising order. */
struct ir_preds *ir_preds_new(const struct ir_function *function, enum ir_edges edges)
{
	struct ir_preds *preds = g_new0(struct ir_preds, 1);
	g_autofree int *filled = g_new0(int, function->count + 1);
	int next[2];

	preds->first = g_new0(int, function->count + 1);
	for (int i = 0; i < function->count; i++)
		for (int n = ir_successors(function, i, edges, next); n-- > 0;)
			preds->first[next[n] + 1]++;
	for (int i = 0; i < function->count; i++)
		preds->first[i + 1] += preds->first[i];
	preds->list = g_new0(int, preds->first[function->count] + 1);
	for (int i = 0; i < function->count; i++)
		for (int n = ir_successors(function, i, edges, next); n-- > 0;)
			preds->list[preds->first[next[n]] + filled[next[n]]++] = i;
	return preds;
}

void ir_preds_free(struct ir_preds *preds)
{
	if (!preds)
		return;
	g_free(preds->first);
	g_free(preds->list);
	g_free(preds);
}

/* The node begins a block: it is where paths begin or meet, or comes out of a branch. */
static bool is_leader(const struct ir_function *function, const struct ir_preds *preds, int node)
{
	int count = preds->first[node + 1] - preds->first[node], next[2];

	return !node || count != 1 ||
	       ir_successors(function, preds->list[preds->first[node]], IR_EDGES_CONTROL, next) !=
		       1;
}

/* From a leader on, up to the next leader; ends since each node is put in one block. */
static void add_block(const struct ir_function *function, const bool *leads, int first,
		      GArray *blocks, int *block_of)
{
	struct ir_block block = { first, first };
	int next[2];

	block_of[first] = blocks->len;
	while (ir_successors(function, block.last, IR_EDGES_CONTROL, next) == 1 &&
	       !leads[next[0]] && block_of[next[0]] < 0) {
		block.last = next[0];
		block_of[block.last] = blocks->len;
	}
	g_array_append_val(blocks, block);
}

GArray *ir_blocks(const struct ir_function *function, int *block_of)
{
	GArray *blocks = g_array_new(FALSE, FALSE, sizeof(struct ir_block));
	struct ir_preds *preds = ir_preds_new(function, IR_EDGES_CONTROL);
	g_autofree bool *leads = g_new0(bool, function->count + 1);
	g_autofree int *own = block_of ? NULL : g_new(int, function->count + 1);
	int *of = block_of ? block_of : own;

	for (int i = 0; i < function->count; i++) {
		leads[i] = is_leader(function, preds, i);
		of[i] = -1;
	}
	for (int i = 0; i < function->count; i++)
		if (leads[i])
			add_block(function, leads, i, blocks, of);
	/* A cycle that nothing leads to has no leader. */
	for (int i = 0; i < function->count; i++)
		if (of[i] < 0)
			add_block(function, leads, i, blocks, of);
	ir_preds_free(preds);
	return blocks;
}

/* Breadth-first search; each node is seen once. */
bool ir_leads_around(const struct ir_function *function, int from, int to, const bool *marks,
		     enum ir_edges edges)
{
	g_autofree bool *seen = g_new0(bool, function->count + 1);
	g_autoptr(GArray) queue = g_array_new(FALSE, FALSE, sizeof(int));

	g_array_append_val(queue, from);
	for (guint q = 0; q < queue->len; q++) {
		int next[2];
		int count = ir_successors(function, g_array_index(queue, int, q), edges, next);

		for (int i = 0; i < count; i++) {
			if (next[i] == to)
				return true;
			if (seen[next[i]] || marks[next[i]])
				continue;
			seen[next[i]] = true;
			g_array_append_val(queue, next[i]);
		}
	}
	return false;
}

bool ir_leads(const struct ir_function *function, int from, int to, int without,
	      enum ir_edges edges)
{
	g_autofree bool *marks = g_new0(bool, function->count + 1);

	if (without >= 0)
		marks[without] = true;
	return to != without && ir_leads_around(function, from, to, marks, edges);
}

/*
 * Depth-first search; each node is seen once. Marks the nodes that one leads to, until @to is
 * among them; whether it is.
 */
static bool reach_until(const struct ir_function *function, int from, int to, int without,
			bool *seen)
{
	g_autofree int *work = g_new(int, 2 * function->count + 1);
	int count = 0;

	if (from >= 0)
		work[count++] = from;
	while (count) {
		int at = work[--count];
		const struct ir_node *node = &function->nodes[at];

		if (at == to)
			return true;
		if (seen[at])
			continue;
		seen[at] = true;
		if (node->yes >= 0 && without != at * 2 + 1)
			work[count++] = node->yes;
		if (node->kind == IR_TEST && node->no >= 0 && without != at * 2)
			work[count++] = node->no;
	}
	return false;
}

bool ir_reaches(const struct ir_function *function, int from, int to, int without)
{
	g_autofree bool *seen = g_new0(bool, function->count + 1);

	return reach_until(function, from, to, without, seen);
}

bool *ir_reached(const struct ir_function *function, int from)
{
	bool *seen = g_new0(bool, function->count + 1);

	reach_until(function, from, -1, -1, seen);
	return seen;
}

/* As many steps as there are nodes: a cycle without a branch never comes anywhere. */
bool ir_is_straight(const struct ir_function *function, int from, int to)
{
	int at = from;

	for (int walked = 0; at >= 0 && walked < function->count; walked++) {
		if (at == to)
			return true;
		if (function->nodes[at].no >= 0)
			return false;
		at = function->nodes[at].yes;
	}
	return false;
}
