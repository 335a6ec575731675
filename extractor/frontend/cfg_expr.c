// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "frontend/cfg_builder.h"
#include "frontend/cfg_macro.h"
#include "frontend/location.h"

static CXCursor child(const GArray *children, guint index)
{
	return g_array_index(children, CXCursor, index);
}

static bool is_wrapping(enum CXCursorKind kind)
{
	return kind == CXCursor_ParenExpr || kind == CXCursor_CStyleCastExpr ||
	       kind == CXCursor_UnexposedExpr;
}

static char *callee_name(CXCursor call)
{
	CXCursor ref = call_callee_ref(call);

	return clang_Cursor_isNull(ref) ? g_strdup("") : cursor_name(ref);
}

CXCursor expression_core(CXCursor expression)
{
	for (;;) {
		g_autoptr(GArray) children = NULL;

		if (is_wrapping(clang_getCursorKind(expression))) {
			children = cursor_children(expression);
			/* a cast names its type first; GNU's a ?: b has several */
			if (!children->len || (children->len > 1 &&
			    clang_getCursorKind(expression) == CXCursor_UnexposedExpr))
				return expression;
			expression = child(children, children->len - 1);
		} else if (clang_getCursorKind(expression) == CXCursor_CallExpr) {
			g_autofree char *name = callee_name(expression);

			if (strcmp(name, "__builtin_expect") ||
			    clang_Cursor_getNumArguments(expression) < 1)
				return expression;
			expression = clang_Cursor_getArgument(expression, 0);
		} else {
			return expression;
		}
	}
}

enum ir_type ir_type_of(CXType type)
{
	switch (clang_getCanonicalType(type).kind) {
	case CXType_Pointer:
		return IR_TYPE_POINTER;
	case CXType_ConstantArray:
	case CXType_IncompleteArray:
	case CXType_VariableArray:
		return IR_TYPE_ARRAY;
	case CXType_SChar:
	case CXType_Char_S:
	case CXType_Short:
	case CXType_Int:
	case CXType_Long:
	case CXType_LongLong:
		return IR_TYPE_SIGNED;
	case CXType_Bool:
	case CXType_UChar:
	case CXType_UShort:
	case CXType_UInt:
	case CXType_ULong:
	case CXType_ULongLong:
	case CXType_Enum:
		return IR_TYPE_UNSIGNED;
	default:
		return IR_TYPE_OTHER;
	}
}

static enum ir_type cursor_type(CXCursor cursor)
{
	return ir_type_of(clang_getCursorType(cursor));
}

const struct expr *constant_value(struct builder *b, CXCursor literal)
{
	CXEvalResult result = clang_Cursor_Evaluate(literal);
	const struct expr *value;

	if (result && clang_EvalResult_getKind(result) == CXEval_Int)
		value = expr_number(b->pool, clang_EvalResult_getAsLongLong(result));
	else
		value = expr_unknown(b->pool);
	clang_EvalResult_dispose(result);
	return value;
}

static const struct expr *name_value(struct builder *b, CXCursor ref)
{
	CXCursor decl = clang_getCursorReferenced(ref);
	g_autofree char *name = cursor_name(ref), *own = NULL;

	if (clang_getCursorKind(decl) == CXCursor_EnumConstantDecl)
		return expr_number(b->pool, clang_getEnumConstantDeclValue(decl));
	if (!expr_is_identifier(name))	/* the compiler's own, of a text with errors */
		return expr_unknown(b->pool);
	if (clang_getCursorKind(decl) != CXCursor_VarDecl)
		return expr_local(b->pool, name);
	if (clang_getCursorLinkage(decl) != CXLinkage_NoLinkage)
		return expr_global(b->pool, name);
	own = builder_variable_name(b, decl);
	return expr_local(b->pool, own);
}

static const struct expr *member_value(struct builder *b, CXCursor member)
{
	g_autoptr(GArray) children = cursor_children(member);
	g_autofree char *name = cursor_name(member);
	const struct expr *base;
	bool pointer;

	if (!children->len)
		return expr_is_identifier(name) ? expr_local(b->pool, name) :
						  expr_unknown(b->pool);
	base = builder_value(b, child(children, 0));
	if (!expr_is_identifier(name))	/* an anonymous struct or union */
		return base;
	pointer = cursor_type(child(children, 0)) == IR_TYPE_POINTER;
	return expr_member(b->pool, pointer ? EXPR_ARROW : EXPR_MEMBER, base, name);
}

/* ++ and --; @old: the value from before, as of x++ */
static const struct expr *step_value(struct builder *b, CXCursor expression, bool up, bool old)
{
	g_autoptr(GArray) children = cursor_children(expression);
	const struct expr *target = builder_value(b, child(children, 0));
	const struct expr *one = expr_number(b->pool, 1);

	builder_set(b, expression, target, up ? IR_OP_ADD_ASSIGN : IR_OP_SUB_ASSIGN, one,
		    cursor_type(expression));
	return old ? expr_binary(b->pool, up ? EXPR_SUB : EXPR_ADD, target, one) : target;
}

static const struct expr *unary_value(struct builder *b, CXCursor expression)
{
	g_autoptr(GArray) children = cursor_children(expression);
	enum CXUnaryOperatorKind kind = clang_getCursorUnaryOperatorKind(expression);
	const struct expr *inner;

	if (kind == CXUnaryOperator_PostInc || kind == CXUnaryOperator_PostDec)
		return step_value(b, expression, kind == CXUnaryOperator_PostInc, true);
	if (kind == CXUnaryOperator_PreInc || kind == CXUnaryOperator_PreDec)
		return step_value(b, expression, kind == CXUnaryOperator_PreInc, false);
	if (!children->len)	/* of a type, as in __alignof__ */
		return expr_unknown(b->pool);
	inner = builder_value(b, child(children, 0));
	switch (kind) {
	case CXUnaryOperator_AddrOf:
		return expr_unary(b->pool, EXPR_ADDRESS, inner);
	case CXUnaryOperator_Deref:
		return expr_unary(b->pool, EXPR_DEREF, inner);
	case CXUnaryOperator_Minus:
		return expr_unary(b->pool, EXPR_NEGATE, inner);
	case CXUnaryOperator_LNot:
		return expr_unary(b->pool, EXPR_NOT, inner);
	case CXUnaryOperator_Not:
		return expr_unary(b->pool, EXPR_INVERT, inner);
	default:
		return inner;
	}
}

static const struct expr *assign_value(struct builder *b, CXCursor expression, enum ir_op op)
{
	g_autoptr(GArray) children = cursor_children(expression);
	const struct expr *value = builder_value(b, child(children, 1));
	const struct expr *target = builder_value(b, child(children, 0));

	builder_set(b, expression, target, op, value, cursor_type(child(children, 0)));
	return target;
}

/* Both values are set to one temporary, each on its way; without @sides they are 1 and 0. */
static const struct expr *choice_value(struct builder *b, CXCursor condition, CXCursor *sides,
				       enum ir_type type)
{
	g_autoptr(GArray) yes = g_array_new(FALSE, FALSE, sizeof(int));
	g_autoptr(GArray) no = g_array_new(FALSE, FALSE, sizeof(int));
	g_autoptr(GArray) done = g_array_new(FALSE, FALSE, sizeof(int));
	const struct expr *temporary = expr_temp(b->pool, b->temporaries++);

	builder_condition(b, condition, yes, no);
	for (int i = 0; i < 2; i++) {
		const struct expr *value;

		builder_resume(b, i ? no : yes);
		value = sides ? builder_value(b, sides[i]) : expr_number(b->pool, !i);
		builder_set(b, condition, temporary, IR_OP_ASSIGN, value, type);
		builder_move(b, done);
	}
	builder_resume(b, done);
	return temporary;
}

/* EXPR_OPS for one that is no operator of expressions: an assignment, a comma, && and ||. */
static enum expr_op binary_op(enum CXBinaryOperatorKind kind)
{
	switch (kind) {
	case CXBinaryOperator_LT: return EXPR_LT;
	case CXBinaryOperator_GT: return EXPR_GT;
	case CXBinaryOperator_LE: return EXPR_LE;
	case CXBinaryOperator_GE: return EXPR_GE;
	case CXBinaryOperator_EQ: return EXPR_EQ;
	case CXBinaryOperator_NE: return EXPR_NE;
	case CXBinaryOperator_Add: return EXPR_ADD;
	case CXBinaryOperator_Sub: return EXPR_SUB;
	case CXBinaryOperator_Mul: return EXPR_MUL;
	case CXBinaryOperator_Div: return EXPR_DIV;
	case CXBinaryOperator_Rem: return EXPR_REM;
	case CXBinaryOperator_Shl: return EXPR_SHL;
	case CXBinaryOperator_Shr: return EXPR_SHR;
	case CXBinaryOperator_And: return EXPR_AND;
	case CXBinaryOperator_Or: return EXPR_OR;
	case CXBinaryOperator_Xor: return EXPR_XOR;
	default: return EXPR_OPS;
	}
}

static enum ir_op assign_op(enum CXBinaryOperatorKind kind)
{
	switch (kind) {
	case CXBinaryOperator_Assign: return IR_OP_ASSIGN;
	case CXBinaryOperator_AddAssign: return IR_OP_ADD_ASSIGN;
	case CXBinaryOperator_SubAssign: return IR_OP_SUB_ASSIGN;
	default: return IR_OP_OTHER_ASSIGN;
	}
}

static const struct expr *binary_value(struct builder *b, CXCursor expression)
{
	enum CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(expression);
	enum expr_op op = binary_op(kind);
	g_autoptr(GArray) children = cursor_children(expression);
	const struct expr *left, *right;

	if (children->len != 2)
		return expr_unknown(b->pool);
	if (kind == CXBinaryOperator_LAnd || kind == CXBinaryOperator_LOr)
		return choice_value(b, expression, NULL, cursor_type(expression));
	if (op == EXPR_OPS && kind != CXBinaryOperator_Comma)
		return assign_value(b, expression, assign_op(kind));
	left = builder_value(b, child(children, 0));
	right = builder_value(b, child(children, 1));
	return op == EXPR_OPS ? right : expr_binary(b->pool, op, left, right);
}

static void add_param_types(struct ir_node *node, CXCursor call)
{
	CXCursor function = clang_getCursorReferenced(call);
	int count = clang_getCursorKind(function) == CXCursor_FunctionDecl ?
		clang_Cursor_getNumArguments(function) : 0;

	node->param_count = MAX(count, 0);
	node->param_types = g_new(enum ir_type, node->param_count);
	for (int i = 0; i < node->param_count; i++)
		node->param_types[i] = cursor_type(clang_Cursor_getArgument(function, i));
}

/* The pointer that a call goes through; NULL for one of a function by its name. */
static const struct expr *callee_pointer(struct builder *b, CXCursor call, const char *name)
{
	g_autoptr(GArray) children = *name ? NULL : cursor_children(call);

	if (*name)
		return NULL;
	return children->len ? builder_value(b, child(children, 0)) : expr_unknown(b->pool);
}

/* The value itself, of one that is passed as a transparent union: (union arg){ .pages = pages }. */
static CXCursor argument_core(CXCursor argument)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(argument));

	if (clang_getCursorKind(clang_getTypeDeclaration(type)) != CXCursor_UnionDecl)
		return argument;
	for (CXCursor inner = argument;;) {
		enum CXCursorKind kind = clang_getCursorKind(inner);
		g_autoptr(GArray) children = NULL;

		if (kind != CXCursor_UnexposedExpr && kind != CXCursor_CompoundLiteralExpr &&
		    kind != CXCursor_InitListExpr)
			return inner;
		children = cursor_children(inner);
		if (!children->len)
			return argument;
		inner = child(children, children->len - 1);
	}
}

static const struct expr *call_value(struct builder *b, CXCursor call)
{
	g_autofree char *name = callee_name(call);
	int count = MAX(clang_Cursor_getNumArguments(call), 0);
	CXCursor ref = call_callee_ref(call);
	struct ir_node node = {
		.kind = IR_CALL, .type = cursor_type(call),
		.pointer = callee_pointer(b, call, name),
		.args = g_new(const struct expr *, count), .arg_count = count,
	};

	for (int i = 0; i < count; i++)
		node.args[i] = builder_value(b, argument_core(clang_Cursor_getArgument(call, i)));
	if (knowledge_has(b->unit->apis->knowledge, KNOW_NORETURN, name))
		g_array_set_size(b->open, 0);
	if (g_str_has_prefix(name, "__builtin_")) {
		g_free(node.args);
		return expr_unknown(b->pool);
	}
	if (*name)
		node.callee = expr_pool_name(b->pool, name);
	add_param_types(&node, call);
	return expr_result(b->pool, builder_emit(b, clang_Cursor_isNull(ref) ? call : ref, node));
}

/* ({ ...; value; }); a value that is a variable of the block itself is its initialiser. */
static const struct expr *block_of_children(struct builder *b, const GArray *children)
{
	CXCursor last;

	for (guint i = 0; i + 1 < children->len; i++)
		builder_statement(b, child(children, i));
	last = child(children, children->len - 1);
	if (clang_isExpression(clang_getCursorKind(last)))
		return builder_value(b, last);
	builder_statement(b, last);
	return expr_unknown(b->pool);
}

static const struct expr *block_value(struct builder *b, CXCursor expression)
{
	g_autoptr(GArray) outer = cursor_children(expression);
	g_autoptr(GArray) children = outer->len ? cursor_children(child(outer, 0)) : NULL;
	struct macro_use use = macro_begin(b, expression);
	const struct expr *value = children && children->len ? block_of_children(b, children) :
								expr_unknown(b->pool);

	macro_end(b, expression, &use);
	return value;
}

static const struct expr *other_value(struct builder *b, CXCursor expression)
{
	g_autoptr(GArray) children = cursor_children(expression);
	CXCursor core = expression_core(expression);

	if (!clang_equalCursors(core, expression))
		return builder_value(b, core);
	for (guint i = 0; i < children->len; i++)
		if (clang_isExpression(clang_getCursorKind(child(children, i))))
			builder_value(b, child(children, i));
	return expr_unknown(b->pool);
}

static const struct expr *subscript_value(struct builder *b, CXCursor expression)
{
	g_autoptr(GArray) children = cursor_children(expression);
	const struct expr *array = builder_value(b, child(children, 0));
	const struct expr *index = builder_value(b, child(children, 1));

	return expr_binary(b->pool, EXPR_INDEX, array, index);
}

const struct expr *builder_value(struct builder *b, CXCursor expression)
{
	g_autoptr(GArray) children = NULL;

	expression = expression_core(expression);
	switch (clang_getCursorKind(expression)) {
	case CXCursor_IntegerLiteral:
	case CXCursor_CharacterLiteral:
		return constant_value(b, expression);
	case CXCursor_StringLiteral:
		return expr_string(b->pool);
	case CXCursor_DeclRefExpr:
		return name_value(b, expression);
	case CXCursor_MemberRefExpr:
		return member_value(b, expression);
	case CXCursor_UnaryOperator:
		return unary_value(b, expression);
	case CXCursor_BinaryOperator:
	case CXCursor_CompoundAssignOperator:
		return binary_value(b, expression);
	case CXCursor_CallExpr:
		return call_value(b, expression);
	case CXCursor_StmtExpr:
		return block_value(b, expression);
	case CXCursor_ArraySubscriptExpr:
		return subscript_value(b, expression);
	case CXCursor_ConditionalOperator:
		children = cursor_children(expression);
		if (children->len != 3)
			return other_value(b, expression);
		return choice_value(b, child(children, 0), &g_array_index(children, CXCursor, 1),
				    cursor_type(expression));
	case CXCursor_GenericSelectionExpr:
		children = cursor_children(expression);
		return children->len ? builder_value(b, child(children, children->len - 1)) :
				       expr_unknown(b->pool);
	default:
		return other_value(b, expression);
	}
}
