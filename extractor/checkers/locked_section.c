// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cfg/cfg_edges.h"
#include "cfg/dominators.h"
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

/* The lowest node of the function with these effects, or -1. */
static int node_with(const struct function *function, unsigned int details)
{
	for (int i = 0; i < function->ir->count; i++)
		if (section_details(function, i) & details)
			return i;
	return -1;
}

/* Every way to an end of the function goes by the node. */
static bool is_on_all_ways(const struct function *function, int node)
{
	for (int i = 0; i < function->ir->count; i++)
		if (function_node(function, i)->kind == IR_RETURN &&
		    ir_leads(function->ir, 0, i, node, IR_EDGES_CONTROL))
			return false;
	return true;
}

/*
 * The effect of a call on the caller's section: of a helper in sight that takes a lock on each way
 * and drops none, or drops one and takes none, as of the lock itself.
 */
static unsigned int effect_of(const struct function *function, int node)
{
	unsigned int details = section_details(function, node);
	const struct function *helper = function->callees[node];
	int enter, leave;

	if (details || !helper || helper == function ||
	    function_node(function, node)->kind != IR_CALL)
		return details;
	enter = node_with(helper, KNOWN(ENTER) | KNOWN(TRY));
	leave = node_with(helper, KNOWN(LEAVE));
	if (enter >= 0 && leave < 0 && section_details(helper, enter) & KNOWN(ENTER) &&
	    is_on_all_ways(helper, enter))
		return KNOWN(ENTER);
	return leave >= 0 && enter < 0 ? KNOWN(LEAVE) : 0;
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
		unsigned int details = effect_of(function, number);
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

/* -- locks of callers -- */

/* How many calls up a lock is looked for. */
#define CALLERS_UP 3

/* A parameter, or something in what it points to, stands in the expression. */
static bool has_param(const struct function *function, const struct expr *e)
{
	for (; e; e = e->a)
		if ((!e->a && function_param_of(function, e) >= 0) ||
		    (e->b && has_param(function, e->b)))
			return true;
	return false;
}

/* The function's caller has a say in whether it comes to the node. */
static bool is_for_caller_to_decide(const struct function *function, int node)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *test = function_node(function, i);

		if (test->kind == IR_TEST && test->type != IR_TYPE_POINTER &&
		    (has_param(function, test->lhs) || has_param(function, test->rhs)) &&
		    ir_deciding_outcome(function->ir, i, node) >= 0)
			return true;
	}
	return false;
}

static void look_up(const struct program *program, const struct function *function, int node,
		    int up, locked_fn look, void *data)
{
	const struct locked_call at = { function, node, lock_around(function, node) };
	const GArray *calls = program_calls(program, function);

	if (at.lock)
		look(&at, data);
	if (at.lock || !up || !calls || is_for_caller_to_decide(function, node))
		return;
	for (guint i = 0; i < calls->len; i++) {
		const struct program_call *call = &g_array_index(calls, struct program_call, i);

		if (call->caller != function)
			look_up(program, call->caller, call->node, up - 1, look, data);
	}
}

void locks_around(const struct program *program, const struct function *function, int node,
		  locked_fn look, void *data)
{
	look_up(program, function, node, CALLERS_UP, look, data);
}
