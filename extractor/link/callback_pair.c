// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "link/cross_pair.h"

/*
 * each(pages, n, drop): the pages come into each() by one call, and go on by the callbacks of all
 * of its calls. Those of other calls are none of theirs.
 */

/* "each" of "each(#2)", "*each(#2)(#0)". Of the pool. */
static const char *function_of(const struct call_index *index, const char *name)
{
	name += *name == '*';
	return expr_pool_text(index->cfg->pool, name, strcspn(name, "("));
}

/* The argument of the only call of a function on a line; NULL for none. */
static const struct expr *argument_on_line(const struct call_index *index, const char *callee,
					   const struct reached *step, int param)
{
	const struct function_info *at = graph_function_at(index->graph, step->file, step->line);
	const struct ir_function *function = at ? cfg_function(index->cfg, at->id) : NULL;
	const struct expr *found = NULL;

	for (int i = 0; function && i < function->count; i++) {
		const struct ir_node *node = &function->nodes[i];

		if (node->kind != IR_CALL || node->line != step->line || node->callee != callee)
			continue;
		if (found || param >= node->arg_count)
			return NULL;
		found = node->args[param];
	}
	return found;
}

/* The name is a function's, not a variable of the one that calls. */
static bool is_function(const struct call_index *index, const struct reached *step,
			const struct expr *name)
{
	const struct function_info *at = graph_function_at(index->graph, step->file, step->line);
	const struct ir_function *function = cfg_function(index->cfg, at->id);

	for (int i = 0; i < function->count; i++) {
		const struct ir_node *node = &function->nodes[i];

		if (node->kind == IR_SET && node->lhs == name)
			return false;
		for (int a = 0; node->kind == IR_ENTRY && a < node->arg_count; a++)
			if (node->args[a] == name)
				return false;
	}
	return true;
}

/* Where pages go out through the pointer, the call that they came in by has passed another one. */
static bool passes_other(const struct call_index *index, const struct pair *pair, int through,
			 const char *target)
{
	const struct reach *reach = pair->feed->reach;
	const struct reached *step = &g_array_index(reach->steps, struct reached, through);
	const char *pointer = graph_node(index->graph, step->node)->name;
	const char *callee = function_of(index, pointer), *number = strstr(pointer, "(#");
	const struct expr *passed;

	for (int i = step->from; i >= 0 && number; i = step->from) {
		const struct node *node;

		step = &g_array_index(reach->steps, struct reached, i);
		node = graph_node(index->graph, step->node);
		if (node->kind != PLACE_PARAM || node_is_indirect(node) ||
		    function_of(index, node->name) != callee || step->from < 0)
			continue;
		passed = argument_on_line(index, callee, step, atoi(number + 2));
		return passed && passed->op == EXPR_LOCAL && passed->name != target &&
		       is_function(index, step, passed);
	}
	return false;
}

bool cross_is_other_callback(const struct call_index *index, const struct pair *pair)
{
	const struct reach *reach = pair->feed->reach;
	const struct reached *step;

	for (int i = reach->first[pair->release->node]; i >= 0; i = step->from) {
		const struct node *before;

		step = &g_array_index(reach->steps, struct reached, i);
		if (step->from < 0)
			break;
		before = graph_node(index->graph, g_array_index(reach->steps, struct reached,
								step->from).node);
		if (node_is_indirect(before) && strchr(before->name, '#') &&
		    passes_other(index, pair, step->from,
				 function_of(index, graph_node(index->graph, step->node)->name)))
			return true;
	}
	return false;
}
