// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "frontend/cfg_builder.h"
#include "model/path_class.h"
#include "frontend/location.h"

static CXCursor child(const GArray *children, guint index)
{
	return g_array_index(children, CXCursor, index);
}

/* The operator that holds where this one does not. */
static enum ir_op opposite(enum ir_op op)
{
	switch (op) {
	case IR_OP_EQ: return IR_OP_NE;
	case IR_OP_NE: return IR_OP_EQ;
	case IR_OP_LT: return IR_OP_GE;
	case IR_OP_LE: return IR_OP_GT;
	case IR_OP_GT: return IR_OP_LE;
	case IR_OP_GE: return IR_OP_LT;
	default: return op;
	}
}

/* Of a test that decides a warning, "yes" is the outcome that warns, whatever "!" is around. */
static void test_emit(struct builder *b, CXCursor at, struct ir_node test, GArray *yes, GArray *no)
{
	int edge[2];

	if (b->warning && no == b->warning) {
		test.op = opposite(test.op);
		no = yes;
		yes = b->warning;
	}
	test.kind = IR_TEST;
	test.warned = b->warning && yes == b->warning;
	if (test.warned)
		test.type = IR_TYPE_OTHER;
	edge[0] = builder_emit(b, at, test) * 2;
	edge[1] = edge[0] + 1;
	g_array_set_size(b->open, 0);
	g_array_append_val(yes, edge[0]);
	g_array_append_val(no, edge[1]);
}

/* Whether the value of an expression is other than 0. */
static void test_value(struct builder *b, CXCursor expression, GArray *yes, GArray *no)
{
	const struct expr *value = builder_value(b, expression);

	test_emit(b, expression, (struct ir_node){
		.op = IR_OP_NE, .lhs = value, .rhs = expr_number(b->pool, 0),
		.type = ir_type_of(clang_getCursorType(expression)),
	}, yes, no);
}

/* IR_OP_NONE for an operator that compares nothing */
static enum ir_op comparison_op(enum CXBinaryOperatorKind kind)
{
	switch (kind) {
	case CXBinaryOperator_LT: return IR_OP_LT;
	case CXBinaryOperator_GT: return IR_OP_GT;
	case CXBinaryOperator_LE: return IR_OP_LE;
	case CXBinaryOperator_GE: return IR_OP_GE;
	case CXBinaryOperator_EQ: return IR_OP_EQ;
	case CXBinaryOperator_NE: return IR_OP_NE;
	default: return IR_OP_NONE;
	}
}

/* a && b, a || b: the second is asked on one outcome of the first. */
static void both_conditions(struct builder *b, const GArray *sides, bool and, GArray *yes,
			    GArray *no)
{
	g_autoptr(GArray) further = g_array_new(FALSE, FALSE, sizeof(int));

	builder_condition(b, child(sides, 0), and ? further : yes, and ? no : further);
	builder_resume(b, further);
	builder_condition(b, child(sides, 1), yes, no);
}

static void binary_condition(struct builder *b, CXCursor expression, GArray *yes, GArray *no)
{
	enum CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(expression);
	g_autoptr(GArray) sides = cursor_children(expression);
	enum ir_op op = comparison_op(kind);
	struct ir_node test = { .op = op };

	if (sides->len == 2 && (kind == CXBinaryOperator_LAnd || kind == CXBinaryOperator_LOr)) {
		both_conditions(b, sides, kind == CXBinaryOperator_LAnd, yes, no);
	} else if (sides->len == 2 && op != IR_OP_NONE) {
		test.lhs = builder_value(b, child(sides, 0));
		test.rhs = builder_value(b, child(sides, 1));
		test.type = ir_type_of(clang_getCursorType(child(sides, 0)));
		test_emit(b, expression, test, yes, no);
	} else {
		test_value(b, expression, yes, no);
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
static bool is_warning(struct builder *b, CXCursor block)
{
	g_autofree char *path = NULL;
	CXString spelling;
	CXFile file;

	clang_getSpellingLocation(clang_getCursorLocation(block), &file, NULL, NULL, NULL);
	if (!file)
		return false;
	spelling = clang_getFileName(file);
	path = g_strdup(clang_getCString(spelling));
	clang_disposeString(spelling);
	return path && path_is_warning(b->unit->apis->knowledge, path);
}

/*
 * WARN_ON(x) and its like: ({ int ret = !!(x); ...; unlikely(ret); }) tests x,
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
		GArray *outer_warning = b->warning;

		if (is_warning(b, expression))
			b->warning = negated ? no : yes;
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
	test_value(b, expression, yes, no);
}
