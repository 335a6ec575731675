// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "frontend/cfg_builder.h"
#include "frontend/location.h"

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

int builder_label(struct builder *b, const char *name)
{
	void *known = g_hash_table_lookup(b->labels, name);
	struct ir_node node = { .kind = IR_JOIN, .yes = -1, .no = -1 };

	if (known)
		return GPOINTER_TO_INT(known) - 1;
	g_array_append_val(b->nodes, node);
	g_hash_table_insert(b->labels, g_strdup(name), GINT_TO_POINTER(b->nodes->len));
	return b->nodes->len - 1;
}

/* Declared by the text of a macro, not by an argument of it. */
static bool is_of_macro(CXCursor decl)
{
	CXSourceLocation at = clang_getCursorLocation(decl);
	unsigned int spelled, used;
	CXFile spelled_in, used_in;

	clang_getSpellingLocation(at, &spelled_in, NULL, NULL, &spelled);
	clang_getFileLocation(at, &used_in, NULL, NULL, &used);
	return spelled != used || !clang_File_isEqual(spelled_in, used_in);
}

/* How many of the name are before it, and itself; it is added when it is not there. */
static int number_of_variable(struct builder *b, CXCursor decl, const char *name)
{
	int number = 1;

	for (guint i = 0; i < b->macro_variables->len; i++) {
		CXCursor other = g_array_index(b->macro_variables, CXCursor, i);
		g_autofree char *taken = cursor_name(other);

		if (clang_equalCursors(other, decl))
			return number;
		number += !strcmp(taken, name);
	}
	g_array_append_val(b->macro_variables, decl);
	return number;
}

char *builder_variable_name(struct builder *b, CXCursor decl)
{
	g_autofree char *name = cursor_name(decl);
	int number = is_of_macro(decl) ? number_of_variable(b, decl, name) : 1;

	return number > 1 ? g_strdup_printf("%s__%d", name, number) : g_steal_pointer(&name);
}
