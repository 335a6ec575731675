// SPDX-License-Identifier: GPL-2.0-only
#include "frontend/cfg_builder.h"

void builder_close(struct builder *b, GArray *edges, int to)
{
	for (guint i = 0; i < edges->len; i++) {
		int edge = g_array_index(edges, int, i);
		struct path_node *node = &g_array_index(b->nodes, struct path_node, edge / 2);

		*(edge % 2 ? &node->no : &node->yes) = to;
	}
	g_array_set_size(edges, 0);
}

int builder_emit(struct builder *b, const char *kind, CXCursor at, char *lhs, const char *op,
		 char *rhs, char *type)
{
	struct path_node node = { .kind = kind, .yes = -1, .no = -1, .lhs = lhs, .rhs = rhs,
				  .op = op, .type = type };
	int number = b->nodes->len, edge = number * 2;

	clang_getFileLocation(clang_getCursorLocation(at), NULL, &node.line, &node.column, NULL);
	g_array_append_val(b->nodes, node);
	builder_close(b, b->open, number);
	g_array_append_val(b->open, edge);
	return number;
}

void builder_move(struct builder *b, GArray *to)
{
	g_array_append_vals(to, b->open->data, b->open->len);
	g_array_set_size(b->open, 0);
}

void builder_resume(struct builder *b, GArray *from)
{
	g_array_append_vals(b->open, from->data, from->len);
	g_array_set_size(from, 0);
}
