// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "dataflow/inline_copies.h"

/**
 * struct inline_function - a function that is copied
 * @rows: of struct flow_row, its own
 * @callees: of struct inline_function, called without pages
 * @files: of int: that have a copy
 * @has: the same as a set
 */
struct inline_function {
	const struct function_info *info;
	GArray *rows, *files;
	GPtrArray *callees;
	GHashTable *has;
};

/**
 * struct inline_copy - one that is due
 */
struct inline_copy {
	struct inline_function *function;
	int file;
};

/**
 * struct inline_copies - all of them
 * @functions: key -> struct inline_function
 * @order: the same, in the order of files and lines
 * @due: of struct inline_copy
 */
struct inline_copies {
	const struct graph *graph;
	GHashTable *functions;
	GPtrArray *order;
	GArray *due;
};

static void function_free(void *data)
{
	struct inline_function *function = data;

	g_array_unref(function->rows);
	g_ptr_array_unref(function->callees);
	g_array_unref(function->files);
	g_hash_table_destroy(function->has);
	g_free(function);
}

/* Its rows are not loaded yet. */
static void add_functions(struct inline_copies *copies)
{
	const GPtrArray *all = copies->graph->functions;

	for (guint i = 0; i < all->len; i++) {
		const struct function_info *info = all->pdata[i];
		struct inline_function *function;

		if (!graph_is_inline(copies->graph, info->key) ||
		    g_hash_table_contains(copies->functions, info->key))
			continue;
		function = g_new0(struct inline_function, 1);
		function->info = info;
		function->rows = g_array_new(FALSE, FALSE, sizeof(struct flow_row));
		function->callees = g_ptr_array_new();
		function->files = g_array_new(FALSE, FALSE, sizeof(int));
		function->has = g_hash_table_new(NULL, NULL);
		g_hash_table_insert(copies->functions, info->key, function);
		g_ptr_array_add(copies->order, function);
	}
}

struct inline_copies *inline_copies_new(const struct graph *graph)
{
	struct inline_copies *copies = g_new0(struct inline_copies, 1);

	copies->graph = graph;
	copies->functions = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, function_free);
	copies->order = g_ptr_array_new();
	copies->due = g_array_new(FALSE, FALSE, sizeof(struct inline_copy));
	add_functions(copies);
	return copies;
}

void inline_copies_free(struct inline_copies *copies)
{
	g_ptr_array_unref(copies->order);
	g_array_unref(copies->due);
	g_hash_table_destroy(copies->functions);
	g_free(copies);
}

/* The function that is copied around a line, or NULL. */
static struct inline_function *function_at(struct inline_copies *copies, int file, int line)
{
	const struct function_info *info = graph_function_at(copies->graph, file, line);

	return info ? g_hash_table_lookup(copies->functions, info->key) : NULL;
}

bool inline_copies_keep(struct inline_copies *copies, const struct flow_row *row)
{
	struct inline_function *function = function_at(copies, row->file, row->line);

	if (function)
		g_array_append_val(function->rows, *row);
	return function;
}

static void copy_add(struct inline_copies *copies, struct inline_function *function, int file)
{
	struct inline_copy copy = { function, file };

	if (!g_hash_table_add(function->has, GINT_TO_POINTER(file)))
		return;
	g_array_append_val(function->files, file);
	g_array_append_val(copies->due, copy);
}

void inline_copies_call(struct inline_copies *copies, int file, int line, const char *key)
{
	struct inline_function *callee = g_hash_table_lookup(copies->functions, key), *caller;

	if (!callee || callee->info->listed)
		return;
	caller = function_at(copies, file, line);
	if (caller)
		g_ptr_array_add(caller->callees, callee);
	else
		copy_add(copies, callee, file);
}

static void use_place(struct inline_copies *copies, int place, int file)
{
	const char *owner = graph_place_owner(copies->graph, place);
	struct inline_function *function = owner ?
		g_hash_table_lookup(copies->functions, owner) : NULL;

	if (function && !function->info->listed)
		copy_add(copies, function, file);
}

void inline_copies_use(struct inline_copies *copies, const struct flow_row *row)
{
	use_place(copies, row->dst, row->user);
	use_place(copies, row->src, row->user);
}

/* A copy's callees have copies in the same file: the list grows as it is walked. */
static void add_due(struct inline_copies *copies, guint from,
		    void (*add)(struct graph *graph, const struct flow_row *row),
		    struct graph *graph)
{
	for (guint i = from; i < copies->due->len; i++) {
		struct inline_copy copy = g_array_index(copies->due, struct inline_copy, i);

		for (guint r = 0; r < copy.function->rows->len; r++) {
			struct flow_row row = g_array_index(copy.function->rows, struct flow_row,
							    r);

			row.user = copy.file;
			inline_copies_use(copies, &row);
			add(graph, &row);
		}
		for (guint c = 0; c < copy.function->callees->len; c++)
			copy_add(copies, copy.function->callees->pdata[c], copy.file);
	}
}

void inline_copies_add(struct inline_copies *copies,
		       void (*add)(struct graph *graph, const struct flow_row *row),
		       struct graph *graph)
{
	add_due(copies, 0, add, graph);
	for (guint i = 0; i < copies->order->len; i++) {
		struct inline_function *function = copies->order->pdata[i];
		guint done = copies->due->len;

		if (function->files->len)
			continue;
		copy_add(copies, function, function->info->file);
		add_due(copies, done, add, graph);
	}
}

const GArray *inline_copies_files(const struct inline_copies *copies, int function)
{
	const struct function_info *info = graph_function(copies->graph, function);
	const struct inline_function *copied = info ?
		g_hash_table_lookup(copies->functions, info->key) : NULL;

	return copied ? copied->files : NULL;
}
