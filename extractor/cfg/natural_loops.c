// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/natural_loops.h"

/* A loop while its nodes are collected. */
struct collected {
	struct ir_loop loop;
	bool *inside;
};

static void collected_clear(void *data)
{
	g_free(((struct collected *)data)->inside);
}

/* Adds what leads to the node without going through the head: a search against the edges. */
static void collect(struct collected *c, const struct ir_preds *preds, int node)
{
	g_autoptr(GArray) work = g_array_new(FALSE, FALSE, sizeof(int));

	g_array_append_val(work, node);
	while (work->len) {
		int at = g_array_index(work, int, work->len - 1);

		g_array_set_size(work, work->len - 1);
		if (c->inside[at])
			continue;
		c->inside[at] = true;
		c->loop.count++;
		g_array_append_vals(work, preds->list + preds->first[at],
				    preds->first[at + 1] - preds->first[at]);
	}
}

/* An edge back to a node that dominates its tail makes a loop; loops of one head are one. */
static void loops_of_head(const struct ir_function *function, const struct ir_preds *preds,
			  const struct ir_dominators *dom, int head, GArray *found)
{
	struct collected c = { .loop = { .head = head, .parent = -1, .count = 1 } };

	for (int p = preds->first[head]; p < preds->first[head + 1]; p++) {
		if (!ir_dominates(dom, head, preds->list[p]))
			continue;
		if (!c.inside) {
			c.inside = g_new0(bool, function->count);
			c.inside[head] = true;
		}
		collect(&c, preds, preds->list[p]);
	}
	if (c.inside)
		g_array_append_val(found, c);
}

/* Of two natural loops with other heads, one is in the other or they have no node in common. */
static int larger_first(const void *left, const void *right)
{
	const struct ir_loop *a = &((const struct collected *)left)->loop;
	const struct ir_loop *b = &((const struct collected *)right)->loop;

	return a->count != b->count ? b->count - a->count : a->head - b->head;
}

/* A retreating edge of the depth-first tree whose end does not dominate its start. */
static bool is_irreducible(const struct ir_function *function, const struct ir_dominators *dom)
{
	for (int i = 0; i < function->count; i++) {
		int next[2];

		for (int n = ir_successors(function, i, IR_EDGES_CONTROL, next); n-- > 0;)
			if (dom->order[i] >= 0 && dom->order[next[n]] <= dom->order[i] &&
			    !ir_dominates(dom, next[n], i))
				return true;
	}
	return false;
}

static void nest(struct ir_loops *loops, const struct collected *c, int count)
{
	struct ir_loop loop = c->loop;

	loop.parent = loops->innermost[loop.head];
	loop.depth = loop.parent < 0 ? 1 :
		g_array_index(loops->list, struct ir_loop, loop.parent).depth + 1;
	for (int i = 0; i < count; i++)
		if (c->inside[i])
			loops->innermost[i] = loops->list->len;
	g_array_append_val(loops->list, loop);
}

struct ir_loops *ir_loops_new(const struct ir_function *function, const struct ir_dominators *dom)
{
	struct ir_loops *loops = g_new0(struct ir_loops, 1);
	struct ir_preds *preds = ir_preds_new(function, IR_EDGES_CONTROL);
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct collected));

	g_array_set_clear_func(found, collected_clear);
	loops->list = g_array_new(FALSE, FALSE, sizeof(struct ir_loop));
	loops->innermost = g_new(int, function->count + 1);
	for (int i = 0; i < function->count; i++) {
		loops->innermost[i] = -1;
		loops_of_head(function, preds, dom, i, found);
	}
	g_array_sort(found, larger_first);
	for (guint i = 0; i < found->len; i++)
		nest(loops, &g_array_index(found, struct collected, i), function->count);
	loops->irreducible = is_irreducible(function, dom);
	ir_preds_free(preds);
	return loops;
}

void ir_loops_free(struct ir_loops *loops)
{
	if (!loops)
		return;
	g_array_unref(loops->list);
	g_free(loops->innermost);
	g_free(loops);
}

int ir_loop_around(const struct ir_function *function, int node)
{
	for (int head = node - 1; head >= 0; head--)
		if (function->nodes[head].kind == IR_LOOP && ir_in_loop(function, head, node))
			return head;
	return -1;
}
