// SPDX-License-Identifier: GPL-2.0-only
#include "decide/iterator_direction.h"
#include "ir/cfg.h"

#define CALLERS_MAX 4	/* functions that an iterator comes through as a parameter */

static bool is_source(const struct deciding *d, const struct ir_function *function,
		      const struct expr *iterator, int depth, struct iterator_source *found);

/* A call of the function that copies from the iterator. */
static bool is_copied_from(const struct deciding *d, const struct ir_function *function,
			   const struct expr *iterator, struct iterator_source *found)
{
	for (int i = 0; i < function->count; i++) {
		const struct ir_node *node = &function->nodes[i];
		const struct known *row;

		if (node->kind != IR_CALL || !node->callee)
			continue;
		row = knowledge_find(d->graph->knowledge, KNOW_FROM_ITER, node->callee);
		if (!row || row->index < 0 || row->index >= node->arg_count ||
		    node->args[row->index] != iterator)
			continue;
		*found = (struct iterator_source){ node->callee, function->file, node->line };
		return true;
	}
	return false;
}

/* The calls in one line of a caller give a source for the parameter. */
static bool is_source_in_caller(const struct deciding *d, const struct invoked *call,
				const char *callee, int parameter, int depth,
				struct iterator_source *found)
{
	const struct function_info *info = graph_function_at(d->graph, call->file, call->line);
	const struct ir_function *caller = info ? cfg_function(d->cfg, info->id) : NULL;
	bool any = false;

	for (int i = 0; caller && i < caller->count; i++) {
		const struct ir_node *node = &caller->nodes[i];

		if (node->kind != IR_CALL || node->line != call->line ||
		    g_strcmp0(node->callee, callee) != 0)
			continue;
		any = true;
		if (parameter >= node->arg_count ||
		    !is_source(d, caller, node->args[parameter], depth, found))
			return false;
	}
	return any;
}

static bool is_source_in_callers(const struct deciding *d, const struct ir_function *function,
				 int parameter, int depth, struct iterator_source *found)
{
	const struct function_info *info = graph_function(d->graph, function->id);
	const GArray *calls = info ? call_graph_of(d->invokes, info->key) : NULL;

	if (!calls || !calls->len || call_graph_are_open(d->invokes, info) || info->taken ||
	    depth >= CALLERS_MAX)
		return false;
	for (guint i = 0; i < calls->len; i++)
		if (!is_source_in_caller(d, &g_array_index(calls, struct invoked, i), info->name,
					 parameter, depth + 1, found))
			return false;
	return true;
}

static bool is_source(const struct deciding *d, const struct ir_function *function,
		      const struct expr *iterator, int depth, struct iterator_source *found)
{
	int parameter = ir_parameter(function, iterator);

	if (iterator->unknown)
		return false;
	return is_copied_from(d, function, iterator, found) ||
	       (parameter >= 0 && is_source_in_callers(d, function, parameter, depth, found));
}

const struct expr *iterator_of(const struct deciding *d, const struct call_info *call)
{
	const struct ir_function *function = cfg_function(d->cfg, call->function);
	int node = function ? cfg_call_node(function, call->id) : -1;
	int index = GPOINTER_TO_INT(g_hash_table_lookup(d->iter_index, GINT_TO_POINTER(call->id)));

	return node >= 0 && index && index <= function->nodes[node].arg_count ?
	       function->nodes[node].args[index - 1] : NULL;
}

struct iterator_source iterator_source_of(const struct deciding *d, const struct call_info *call)
{
	const struct expr *iterator = iterator_of(d, call);
	struct iterator_source found = { 0 };

	if (!iterator ||
	    !is_source(d, cfg_function(d->cfg, call->function), iterator, 0, &found))
		return (struct iterator_source){ 0 };
	return found;
}
