// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "dataflow/indirect_call.h"
#include "model/path_class.h"

/* The pointer's part of "*ops.put(#1)", as its own place has it: name, scope, share. */
static char *pointer_key(const char *name, size_t length, const struct node *node)
{
	return g_strdup_printf("%.*s\t%s\t%d", (int)length, name, node->scope, node->share);
}

static void list_add(GHashTable *table, char *key, int number)
{
	GArray *list = g_hash_table_lookup(table, key);

	if (!list) {
		list = g_array_new(FALSE, FALSE, sizeof(int));
		g_hash_table_insert(table, key, list);
	} else {
		g_free(key);
	}
	g_array_append_val(list, number);
}

static GHashTable *lists_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
				     (GDestroyNotify)g_array_unref);
}

/* pointer -> nodes of the calls through it */
static GHashTable *calls_by_pointer(const struct graph *graph)
{
	GHashTable *calls = lists_new();

	for (guint i = 0; i < graph->nodes->len; i++) {
		const struct node *node = graph_node(graph, i);
		const char *end = node_is_indirect(node) ? strrchr(node->name, '(') : NULL;

		if (end)
			list_add(calls, pointer_key(node->name + 1, end - node->name - 1, node), i);
	}
	return calls;
}

/* "struct page *" */
static bool is_one_page(const struct graph *graph, const char *type)
{
	return knowledge_of_type(graph->knowledge, type) & KNOWN(ONE) &&
	       g_str_has_suffix(type, " *");
}

/* One call's parameter or result, and that of a function behind it. */
static void join(struct graph *graph, const struct side_flow *binding, int call)
{
	const struct node *function = graph_node(graph, binding->src);
	struct node *through = graph_node(graph, call), *target;
	g_autofree char *name = g_strconcat(function->name + 1, strrchr(through->name, '('), NULL);
	int number = graph_find(graph, name, function->scope);

	through->resolved = true;
	if (number < 0)
		return;
	target = graph_node(graph, number);
	if (through->kind == PLACE_RETURN) {
		graph_join(graph, call, number, !is_one_page(graph, target->type), binding->file,
			   binding->line);
		return;
	}
	graph_join(graph, number, call, !is_one_page(graph, target->type), binding->file,
		   binding->line);
	/* A function that the whole kernel may call has other callers too. */
	target->entered |= through->entered && !path_is_public(graph->knowledge, through->scope);
}

/* Everything that a function's value comes to. */
static void follow(struct graph *graph, const struct side_flow *binding, GHashTable *calls)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
	g_autoptr(GArray) queue = g_array_new(FALSE, FALSE, sizeof(int));

	g_array_append_val(queue, binding->dst);
	for (guint i = 0; i < queue->len; i++) {
		int at = g_array_index(queue, int, i);
		const struct node *node = graph_node(graph, at);
		g_autofree char *key = pointer_key(node->name, strlen(node->name), node);
		const GArray *here = g_hash_table_lookup(calls, key);

		if (!g_hash_table_add(seen, GINT_TO_POINTER(at)))
			continue;
		for (guint c = 0; here && c < here->len; c++)
			join(graph, binding, g_array_index(here, int, c));
		for (guint p = 0; p < graph->pointers->len; p++) {
			const struct side_flow *flow =
				&g_array_index(graph->pointers, struct side_flow, p);

			if (flow->src == at)
				g_array_append_val(queue, flow->dst);
		}
	}
}

void indirect_resolve(struct graph *graph)
{
	g_autoptr(GHashTable) calls = calls_by_pointer(graph);

	for (guint i = 0; i < graph->pointers->len; i++) {
		struct side_flow binding = g_array_index(graph->pointers, struct side_flow, i);

		if (graph_node(graph, binding.src)->name[0] == '&')
			follow(graph, &binding, calls);
	}
}
