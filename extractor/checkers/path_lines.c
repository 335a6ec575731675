// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/expr_query.h"
#include "checkers/finding_list.h"
#include "checkers/path_lines.h"

static void line_clear(void *data)
{
	reason_free(((struct finding_line *)data)->text);
}

static void add_line(GArray *lines, int file, int line, struct reason *text)
{
	struct finding_line item = { file, line, text };

	g_array_append_val(lines, item);
}

static struct reason *test_text(const struct ir_node *test, bool holds)
{
	g_autofree char *lhs = expr_print(test->lhs), *rhs = expr_print(test->rhs);

	return reason_new(holds ? REASON_STEP_TEST : REASON_STEP_TEST_NOT, "sss", lhs,
			  ir_op_text(test->op), rhs);
}

static struct reason *trace_text(const struct ir_node *node, const struct path_trace *trace)
{
	g_autofree char *callee = node_callee_text(node);

	if (trace->outcome)
		return reason_new(trace->outcome, "s", callee);
	if (node->kind == IR_TEST)
		return test_text(node, trace->taken);
	if (node->kind == IR_CALL)
		return reason_new(REASON_STEP_RELEASES, "s", callee);
	return reason_new(REASON_STEP_LOOP_RELEASES, "");
}

/* A test of the source text, not of a macro's inside. */
static bool is_telling(const struct ir_node *test)
{
	return !test->lhs->unknown && !test->rhs->unknown &&
	       !(test->lhs->op == EXPR_NUMBER && test->lhs->number >= 0) &&
	       !expr_has_generated_name(test->lhs);
}

GArray *path_lines(const struct path_result *result, const struct path_event *event,
		   struct reason *last)
{
	const struct function *function = result->query.function;
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct finding_line));
	g_autoptr(GPtrArray) order = g_ptr_array_new();

	g_array_set_clear_func(lines, line_clear);
	for (int i = event->trace; i >= 0;) {
		const struct path_trace *trace = &g_array_index(result->traces, struct path_trace,
								i);

		g_ptr_array_insert(order, 0, (void *)trace);
		if (trace->outcome)
			break;	/* earlier rounds are about other pages */
		i = trace->before;
	}
	for (guint i = 0; i < order->len; i++) {
		const struct path_trace *trace = order->pdata[i];
		const struct ir_node *node = function_node(function, trace->node);

		if (node->kind != IR_TEST || is_telling(node))
			add_line(lines, function->info->file, node->line, trace_text(node, trace));
	}
	add_line(lines, function->info->file, function_node(function, event->node)->line,
		 last);
	return lines;
}
