// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "frontend/cfg_builder.h"
#include "frontend/location.h"

static CXCursor child(const GArray *children, guint index)
{
	return g_array_index(children, CXCursor, index);
}

static void test_emit(struct builder *b, CXCursor at, char *lhs, const char *op, char *rhs,
		      char *type, GArray *yes, GArray *no)
{
	int node = builder_emit(b, "test", at, lhs, op, rhs, b->warning ? g_strdup("!") : type);
	int edge[2] = { node * 2, node * 2 + 1 };

	if (b->warning)
		g_free(type);
	g_array_set_size(b->open, 0);
	g_array_append_val(yes, edge[0]);
	g_array_append_val(no, edge[1]);
}

static bool is_comparison(const char *op)
{
	static const char *const ops[] = { "<", ">", "<=", ">=", "==", "!=", NULL };

	return g_strv_contains(ops, op);
}

/* a && b, a || b: the second is asked on one outcome of the first. */
static void both_conditions(struct builder *b, const GArray *sides, bool and, GArray *yes, GArray *no)
{
	g_autoptr(GArray) further = g_array_new(FALSE, FALSE, sizeof(int));

	builder_condition(b, child(sides, 0), and ? further : yes, and ? no : further);
	builder_resume(b, further);
	builder_condition(b, child(sides, 1), yes, no);
}

static void binary_condition(struct builder *b, CXCursor expression, GArray *yes, GArray *no)
{
	g_autoptr(GArray) sides = cursor_children(expression);
	const char *op = operator_text(expression);
	char *left, *right;

	if (sides->len == 2 && (!strcmp(op, "&&") || !strcmp(op, "||"))) {
		both_conditions(b, sides, *op == '&', yes, no);
	} else if (sides->len == 2 && is_comparison(op)) {
		left = builder_value(b, child(sides, 0));
		right = builder_value(b, child(sides, 1));
		test_emit(b, expression, left, op, right,
			  type_letter(clang_getCursorType(child(sides, 0))), yes, no);
	} else {
		left = builder_value(b, expression);
		test_emit(b, expression, left, "!=", g_strdup("0"),
			  type_letter(clang_getCursorType(expression)), yes, no);
	}
}

/* The variable that a block ends with, when the block declares it; @negated: by "!". */
static CXCursor block_variable(const GArray *children, bool *negated)
{
	CXCursor last = expression_core(child(children, children->len - 1));
	CXCursor decl;

	for (*negated = false; clang_getCursorKind(last) == CXCursor_UnaryOperator &&
	     clang_getCursorUnaryOperatorKind(last) == CXUnaryOperator_LNot; *negated = !*negated) {
		g_autoptr(GArray) inner = cursor_children(last);

		last = expression_core(child(inner, 0));
	}
	decl = clang_getCursorReferenced(last);
	for (guint i = 0; i + 1 < children->len; i++) {
		g_autoptr(GArray) declared = cursor_children(child(children, i));

		for (guint j = 0; j < declared->len; j++)
			if (clang_equalCursors(child(declared, j), decl))
				return decl;
	}
	return clang_getNullCursor();
}

/* The text of the block is in a header about bugs, whatever the macro is called. */
static bool is_warning(CXCursor block)
{
	g_autofree char *path = NULL, *name = NULL;
	CXString spelling;
	CXFile file;

	clang_getSpellingLocation(clang_getCursorLocation(block), &file, NULL, NULL, NULL);
	if (!file)
		return false;
	spelling = clang_getFileName(file);
	path = g_strdup(clang_getCString(spelling));
	clang_disposeString(spelling);
	name = g_path_get_basename(path ? path : "");
	return !strcmp(name, "bug.h") || !strcmp(name, "once_lite.h") || !strcmp(name, "mmdebug.h");
}

/*
 * WARN_ON(x) and its like: ({ int ret = !!(x); ...; unlikely(ret); }) asks for x,
 * any other block for what it ends with.
 */
static bool block_condition(struct builder *b, CXCursor expression, GArray *yes, GArray *no)
{
	g_autoptr(GArray) outer = cursor_children(expression);
	g_autoptr(GArray) children = outer->len ? cursor_children(child(outer, 0)) : NULL;
	CXCursor decl, init;
	bool negated;

	if (!children || !children->len)
		return false;
	decl = block_variable(children, &negated);
	init = clang_getCursorKind(decl) == CXCursor_VarDecl ?
		clang_Cursor_getVarDeclInitializer(decl) : clang_getNullCursor();
	if (!clang_Cursor_isNull(init)) {
		bool outer_warning = b->warning;

		b->warning |= is_warning(expression);
		builder_condition(b, init, negated ? no : yes, negated ? yes : no);
		b->warning = outer_warning;
		return true;
	}
	for (guint i = 0; i + 1 < children->len; i++)
		builder_statement(b, child(children, i));
	if (!clang_isExpression(clang_getCursorKind(child(children, children->len - 1))))
		return false;
	builder_condition(b, child(children, children->len - 1), yes, no);
	return true;
}

void builder_condition(struct builder *b, CXCursor expression, GArray *yes, GArray *no)
{
	g_autoptr(GArray) children = NULL;
	g_autoptr(GArray) first = NULL, second = NULL;

	expression = expression_core(expression);
	switch (clang_getCursorKind(expression)) {
	case CXCursor_BinaryOperator:
		binary_condition(b, expression, yes, no);
		return;
	case CXCursor_UnaryOperator:
		if (clang_getCursorUnaryOperatorKind(expression) != CXUnaryOperator_LNot)
			break;
		children = cursor_children(expression);
		builder_condition(b, child(children, 0), no, yes);
		return;
	case CXCursor_StmtExpr:
		if (block_condition(b, expression, yes, no))
			return;
		break;
	case CXCursor_ConditionalOperator:
		children = cursor_children(expression);
		if (children->len != 3)
			break;
		first = g_array_new(FALSE, FALSE, sizeof(int));
		second = g_array_new(FALSE, FALSE, sizeof(int));
		builder_condition(b, child(children, 0), first, second);
		builder_resume(b, first);
		builder_condition(b, child(children, 1), yes, no);
		builder_resume(b, second);
		builder_condition(b, child(children, 2), yes, no);
		return;
	default:
		break;
	}
	test_emit(b, expression, builder_value(b, expression), "!=", g_strdup("0"),
		  type_letter(clang_getCursorType(expression)), yes, no);
}
