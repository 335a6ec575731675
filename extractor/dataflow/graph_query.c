// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "dataflow/graph.h"
#include "dataflow/heap_clone.h"
#include "model/path_class.h"

/* The function's part of "f(#2)", "f()" and "*f(#2)(#0)". */
size_t graph_function_length(const char *name)
{
	const char *parenthesis = name[0] == '*' ? strrchr(name, '(') : strchr(name, '(');

	return parenthesis ? (size_t)(parenthesis - name) : strlen(name);
}

bool graph_is_core_path(const struct graph *graph, const char *path)
{
	return !graph->module && (path_is_core(graph->knowledge, path) ||
				  path_is_public(graph->knowledge, path));
}

/*
 * The core's own functions take a page to look at it or to lock it; the
 * references that they drop inside are their own.
 */
bool graph_is_core(const struct graph *graph, const char *owner)
{
	const char *path = g_hash_table_lookup(graph->bodies, owner);

	return path && !graph->module && path_is_core(graph->knowledge, path);
}

bool graph_is_inline(const struct graph *graph, const char *owner)
{
	const char *scope = strchr(owner, '\t');

	return scope && scope[1] && !graph->module && path_is_public(graph->knowledge, scope + 1);
}

const char *graph_path(const struct graph *graph, int file)
{
	const char *path = g_hash_table_lookup(graph->paths, GINT_TO_POINTER(file));

	return path ? path : "";
}

const struct function_info *graph_function(const struct graph *graph, int id)
{
	return g_hash_table_lookup(graph->function_by_id, GINT_TO_POINTER(id));
}

const char *node_variable(const struct node *node)
{
	const char *dot = node->kind == PLACE_LOCAL ? strrchr(node->name, '.') : NULL;

	return dot ? dot + 1 : NULL;
}

const struct call_info *graph_call(const struct graph *graph, int id)
{
	guint low = 0, high = graph->calls->len;

	while (low < high) {
		guint middle = (low + high) / 2;
		const struct call_info *call = graph->calls->pdata[middle];

		if (call->id == id)
			return call;
		if (call->id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* Functions come by file and line: the last that starts at or above the line. */
const struct function_info *graph_function_at(const struct graph *graph, int file, int line)
{
	guint low = 0, high = graph->functions->len;

	while (low < high) {
		guint middle = (low + high) / 2;
		const struct function_info *function = graph->functions->pdata[middle];

		if (function->file < file || (function->file == file && function->line <= line))
			low = middle + 1;
		else
			high = middle;
	}
	for (guint i = low; i-- > 0;) {
		const struct function_info *function = graph->functions->pdata[i];

		if (function->file != file)
			break;
		if (function->end_line >= line)
			return function;
		if (low - i > 8)	/* nested functions are a rarity */
			break;
	}
	return NULL;
}

/* "*foo_ops.put" is called as "->put", "*f(#1)" as what f() is given. View place_argument. */
char *graph_function_words(const struct node *node)
{
	size_t length = graph_function_length(node->name);
	const char *dot, *number;

	if (!node_is_indirect(node))
		return g_strndup(node->name, length);
	number = g_strstr_len(node->name, length, "(#");
	if (number)
		return g_strdup_printf("(*parameter %d of %.*s())", atoi(number + 2) + 1,
				       (int)(number - node->name - 1), node->name + 1);
	dot = g_strrstr_len(node->name, length, ".");
	return dot ? g_strdup_printf("->%.*s", (int)(node->name + length - dot - 1), dot + 1) :
		     g_strndup(node->name, length);
}

struct reason *graph_place_reason(const struct graph *graph, int node)
{
	const struct node *place = graph_node(graph, node);
	g_autofree char *text = NULL;
	const char *number;

	switch (place->kind) {
	case PLACE_FIELD:
		if (place->context)
			text = g_strdup_printf("%s@%s", place->name,
					       heap_clones_words(graph->clones, place->context));
		return reason_new(REASON_FIELD, "s", text ? text : place->name);
	case PLACE_RESULT:
		text = g_strndup(place->name, strcspn(place->name, "@"));
		break;
	case PLACE_PARAM:
		text = graph_function_words(place);
		number = strrchr(place->name, '#');
		return reason_new(REASON_PARAMETER, "ds", atoi(number ? number + 1 : "0") + 1,
				  text);
	default:
		break;
	}
	return reason_new(REASON_TEXT, "s", text ? text : place->name);
}
