// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "checkers/expr_query.h"
#include "checkers/locked_section.h"

/* Locks are followed so deep; what is nested deeper is taken to be as deep. */
#define MAX_DEPTH 7

/* The effect of a node on a section in which nothing may sleep: ENTER, LEAVE and TRY. */
static unsigned int section_details(const struct function *function, int node)
{
	const struct known *known = function_known(function, node, KNOW_LOCK);

	return known && !(known->details & KNOWN(WEAK)) ? known->details : 0;
}

/* The call whose lock is taken on this outcome of a test, as of "if (spin_trylock())"; or -1. */
static int lock_tried(const struct function *function, int node, int outcome)
{
	const struct ir_node *test = function_node(function, node);
	int call = test->kind == IR_TEST ? expr_result_node(test->lhs) : -1;

	if (call < 0 || call >= function->ir->count || !expr_is_number(test->rhs, 0) ||
	    !(section_details(function, call) & KNOWN(TRY)))
		return -1;
	return outcome == (test->op == IR_OP_EQ) ? call : -1;
}

const struct ir_node *lock_around(const struct function *function, int to)
{
	int count = function->ir->count, start = 0;
	g_autofree int *taken = g_new(int, count * (MAX_DEPTH + 1));
	g_autoptr(GArray) work = g_array_new(FALSE, FALSE, sizeof(int));

	memset(taken, 0xff, sizeof(int) * count * (MAX_DEPTH + 1));
	taken[0] = 0;
	g_array_append_val(work, start);
	while (work->len) {
		int at = g_array_index(work, int, work->len - 1);
		int number = at % count, depth = at / count, lock = taken[at];
		const struct ir_node *node = function_node(function, number);
		unsigned int details = section_details(function, number);
		const int next[2] = { node->yes, node->kind == IR_TEST ? node->no : -1 };

		g_array_set_size(work, work->len - 1);
		if (number == to && depth)
			return function_node(function, lock);
		if (details & KNOWN(ENTER) && depth < MAX_DEPTH) {
			depth++;
			lock = number;
		} else if (details & KNOWN(LEAVE) && depth) {
			depth--;
		}
		for (int i = 0; i < 2; i++) {
			int tried = depth < MAX_DEPTH ? lock_tried(function, number, i) : -1;
			int index = next[i] + (depth + (tried >= 0)) * count;

			if (next[i] >= 0 && taken[index] < 0) {
				taken[index] = tried >= 0 ? tried : lock;
				g_array_append_val(work, index);
			}
		}
	}
	return NULL;
}
