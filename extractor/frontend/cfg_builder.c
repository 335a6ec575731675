// SPDX-License-Identifier: GPL-2.0-only
#include "frontend/cfg_builder.h"

void builder_close(struct builder *b, GArray *edges, int to)
{
	for (guint i = 0; i < edges->len; i++) {
		int edge = g_array_index(edges, int, i);
		struct ir_node *node = builder_node(b, edge / 2);

		*(edge % 2 ? &node->no : &node->yes) = to;
	}
	g_array_set_size(edges, 0);
}

int builder_emit(struct builder *b, CXCursor at, struct ir_node node)
{
	int number = b->nodes->len, edge = number * 2;
	unsigned int line, column;

	clang_getFileLocation(clang_getCursorLocation(at), NULL, &line, &column, NULL);
	node.line = line;
	node.column = node.kind == IR_CALL ? column : 0;
	node.yes = node.no = -1;
	g_array_append_val(b->nodes, node);
	builder_close(b, b->open, number);
	if (node.kind != IR_RETURN)
		g_array_append_val(b->open, edge);
	return number;
}

int builder_set(struct builder *b, CXCursor at, const struct expr *lhs, enum ir_op op,
		const struct expr *rhs, enum ir_type type)
{
	return builder_emit(b, at, (struct ir_node){ .kind = IR_SET, .op = op, .lhs = lhs,
						     .rhs = rhs, .type = type });
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
