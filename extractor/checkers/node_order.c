// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/expr_query.h"
#include "checkers/node_order.h"

static void push(GArray *work, bool *seen, int node)
{
	if (node < 0 || seen[node])
		return;
	seen[node] = true;
	g_array_append_val(work, node);
}

static int pop(GArray *work)
{
	int node = g_array_index(work, int, work->len - 1);

	g_array_set_size(work, work->len - 1);
	return node;
}

bool node_is_skipped_by_return(const struct function *function, int test, int outcome, int node)
{
	const struct ir_node *nodes = function->ir->nodes;
	int at = outcome ? nodes[test].no : nodes[test].yes;

	while (at >= 0 && (nodes[at].kind == IR_SET || nodes[at].kind == IR_JOIN))
		at = nodes[at].yes;
	return at >= 0 && nodes[at].kind == IR_RETURN && !ir_reaches(function->ir, node, at, -1);
}

/* -- reads -- */

static bool call_reads(const struct ir_node *node, const struct expr *name)
{
	for (int i = 0; i < node->arg_count; i++)
		if (expr_contains(node->args[i], name))
			return true;
	return node->pointer && expr_contains(node->pointer, name);
}

static bool reads(const struct ir_node *node, const struct expr *name)
{
	if (node->kind == IR_CALL)
		return call_reads(node, name);
	if (node->rhs && expr_contains(node->rhs, name))
		return true;
	if (node_sets(node, name))
		return node->op != IR_OP_ASSIGN && node->op != IR_OP_DECLARE;
	return node->lhs && expr_contains(node->lhs, name);
}

int node_reading_after(const struct function *function, int start, const struct expr *name)
{
	g_autofree bool *seen = g_new0(bool, function->ir->count);
	g_autoptr(GArray) work = g_array_new(FALSE, FALSE, sizeof(int));
	int found = -1;

	push(work, seen, start);
	while (work->len) {
		int at = pop(work);
		const struct ir_node *node = function_node(function, at);

		if (reads(node, name)) {
			found = found < 0 ? at : MIN(found, at);
			continue;
		}
		if (node_sets(node, name))
			continue;
		push(work, seen, node->yes);
		if (node->kind == IR_TEST)
			push(work, seen, node->no);
	}
	return found;
}

/* -- entries that may be NULL -- */

/* "page", where page = pages[i] was set */
static bool same_page(const struct function *function, const struct expr *tested,
		      const struct expr *released)
{
	const struct expr *base = expr_base(released);

	if (tested == released)
		return true;
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);

		if (node->kind == IR_SET && node->op == IR_OP_ASSIGN &&
		    ((node->lhs == base && node->rhs == tested) ||
		     (node->lhs == tested && node->rhs == released)))
			return true;
	}
	return false;
}

/* "page = get_dump_page()": NULL means that there is none, not that an entry is missing. */
static bool is_acquired(const struct function *function, const struct expr *tested)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);
		int number = node_sets(node, tested) ? expr_result_node(node->rhs) : -1;

		if (number > 0 && number < function->ir->count &&
		    function_has_role(function, number, ROLE_ACQUIRE))
			return true;
	}
	return false;
}

int node_null_guard(const struct function *function, int release)
{
	const struct expr *pages = function_pages(function, release);
	int head = ir_loop_around(function->ir, release);

	for (int i = head + 1; pages && head >= 0 && i < function_node(function, head)->no; i++) {
		const struct ir_node *test = function_node(function, i);

		if (test->kind != IR_TEST || !expr_is_number(test->rhs, 0) ||
		    test->type != IR_TYPE_POINTER || !same_page(function, test->lhs, pages) ||
		    is_acquired(function, test->lhs))
			continue;
		if (ir_deciding_outcome(function->ir, i, release) == (test->op == IR_OP_NE))
			return i;
	}
	return -1;
}

bool node_is_goto(const struct function *function, int node)
{
	const struct ir_node *join = function_node(function, node);

	if (join->kind != IR_JOIN || join->yes < 0 ||
	    function_node(function, join->yes)->kind != IR_JOIN)
		return false;
	for (int i = 0; i < function->ir->count; i++)	/* the end of a loop, before a label */
		if (function_node(function, i)->kind == IR_LOOP &&
		    function_node(function, i)->no == node)
			return false;
	return true;
}
