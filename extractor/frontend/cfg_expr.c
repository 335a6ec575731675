// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "frontend/cfg_builder.h"
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

char *type_letter(CXType type)
{
	type = clang_getCanonicalType(type);
	switch (type.kind) {
	case CXType_Pointer:
		return g_strdup("p");
	case CXType_ConstantArray:
	case CXType_IncompleteArray:
	case CXType_VariableArray:
		return g_strdup("a");
	case CXType_SChar:
	case CXType_Char_S:
	case CXType_Short:
	case CXType_Int:
	case CXType_Long:
	case CXType_LongLong:
		return g_strdup("s");
	case CXType_Bool:
	case CXType_UChar:
	case CXType_UShort:
	case CXType_UInt:
	case CXType_ULong:
	case CXType_ULongLong:
	case CXType_Enum:
		return g_strdup("u");
	default:
		return g_strdup("v");
	}
}

char *constant_text(CXCursor literal)
{
	CXEvalResult result = clang_Cursor_Evaluate(literal);
	char *text = NULL;

	if (result && clang_EvalResult_getKind(result) == CXEval_Int)
		text = g_strdup_printf("%lld", clang_EvalResult_getAsLongLong(result));
	clang_EvalResult_dispose(result);
	return text ? text : g_strdup("?");
}

static char *name_text(CXCursor ref)
{
	CXCursor decl = clang_getCursorReferenced(ref);
	g_autofree char *name = cursor_name(ref);

	if (clang_getCursorKind(decl) == CXCursor_EnumConstantDecl)
		return g_strdup_printf("%lld", clang_getEnumConstantDeclValue(decl));
	if (clang_getCursorKind(decl) == CXCursor_VarDecl &&
	    clang_getCursorLinkage(decl) != CXLinkage_NoLinkage)
		return g_strconcat("::", name, NULL);
	return g_steal_pointer(&name);
}

static char *member_text(struct builder *b, CXCursor member)
{
	g_autoptr(GArray) children = cursor_children(member);
	g_autofree char *name = cursor_name(member);
	g_autofree char *base = NULL;
	bool pointer;

	if (!children->len)
		return g_steal_pointer(&name);
	base = builder_value(b, child(children, 0));
	if (!*name || strchr(name, '('))	/* an anonymous struct or union */
		return g_steal_pointer(&base);
	pointer = clang_getCanonicalType(clang_getCursorType(child(children, 0))).kind == CXType_Pointer;
	return g_strconcat(base, pointer ? "->" : ".", name, NULL);
}

static char *step_text(struct builder *b, CXCursor expression, const char *op, bool old)
{
	g_autoptr(GArray) children = cursor_children(expression);
	g_autofree char *target = builder_value(b, child(children, 0));

	builder_emit(b, "set", expression, g_strdup(target), *op == '+' ? "+=" : "-=", g_strdup("1"),
		     type_letter(clang_getCursorType(expression)));
	return old ? g_strdup_printf("(%s %c 1)", target, *op == '+' ? '-' : '+') :
		     g_steal_pointer(&target);
}

static char *unary_text(struct builder *b, CXCursor expression)
{
	g_autoptr(GArray) children = cursor_children(expression);
	const char *sign = "?";
	g_autofree char *inner = NULL;

	switch (clang_getCursorUnaryOperatorKind(expression)) {
	case CXUnaryOperator_PostInc:
		return step_text(b, expression, "+", true);
	case CXUnaryOperator_PostDec:
		return step_text(b, expression, "-", true);
	case CXUnaryOperator_PreInc:
		return step_text(b, expression, "+", false);
	case CXUnaryOperator_PreDec:
		return step_text(b, expression, "-", false);
	case CXUnaryOperator_AddrOf:
		sign = "&";
		break;
	case CXUnaryOperator_Deref:
		sign = "*";
		break;
	case CXUnaryOperator_Minus:
		sign = "-";
		break;
	case CXUnaryOperator_LNot:
		sign = "!";
		break;
	case CXUnaryOperator_Not:
		sign = "~";
		break;
	default:
		sign = "";
	}
	if (!children->len)	/* of a type, as in __alignof__ */
		return g_strdup("?");
	inner = builder_value(b, child(children, 0));
	return g_strconcat(sign, inner, NULL);
}

const char *operator_text(CXCursor expression)
{
	switch (clang_getCursorBinaryOperatorKind(expression)) {
	case CXBinaryOperator_LT: return "<";
	case CXBinaryOperator_GT: return ">";
	case CXBinaryOperator_LE: return "<=";
	case CXBinaryOperator_GE: return ">=";
	case CXBinaryOperator_EQ: return "==";
	case CXBinaryOperator_NE: return "!=";
	case CXBinaryOperator_Add: return "+";
	case CXBinaryOperator_Sub: return "-";
	case CXBinaryOperator_Mul: return "*";
	case CXBinaryOperator_Div: return "/";
	case CXBinaryOperator_Rem: return "%";
	case CXBinaryOperator_Shl: return "<<";
	case CXBinaryOperator_Shr: return ">>";
	case CXBinaryOperator_And: return "&";
	case CXBinaryOperator_Or: return "|";
	case CXBinaryOperator_Xor: return "^";
	case CXBinaryOperator_Assign: return "=";
	case CXBinaryOperator_AddAssign: return "+=";
	case CXBinaryOperator_SubAssign: return "-=";
	case CXBinaryOperator_LAnd: return "&&";
	case CXBinaryOperator_LOr: return "||";
	case CXBinaryOperator_Comma: return ",";
	default: return "?=";
	}
}

static char *assign_text(struct builder *b, CXCursor expression, const char *op)
{
	g_autoptr(GArray) children = cursor_children(expression);
	char *value = builder_value(b, child(children, 1));
	char *target = builder_value(b, child(children, 0));

	builder_emit(b, "set", expression, g_strdup(target), op, value,
		     type_letter(clang_getCursorType(child(children, 0))));
	return target;
}

/* Both values are set to one temporary, each on its way. */
static char *choice_text(struct builder *b, CXCursor condition, CXCursor *sides, CXType type)
{
	g_autoptr(GArray) yes = g_array_new(FALSE, FALSE, sizeof(int));
	g_autoptr(GArray) no = g_array_new(FALSE, FALSE, sizeof(int));
	g_autoptr(GArray) done = g_array_new(FALSE, FALSE, sizeof(int));
	g_autofree char *name = g_strdup_printf("?%d", b->temporaries++);

	builder_condition(b, condition, yes, no);
	for (int i = 0; i < 2; i++) {
		char *value;

		builder_resume(b, i ? no : yes);
		value = sides ? builder_value(b, sides[i]) : g_strdup(i ? "0" : "1");
		builder_emit(b, "set", condition, g_strdup(name), "=", value, type_letter(type));
		builder_move(b, done);
	}
	builder_resume(b, done);
	return g_steal_pointer(&name);
}

static char *binary_text(struct builder *b, CXCursor expression)
{
	const char *op = operator_text(expression);
	g_autoptr(GArray) children = cursor_children(expression);
	g_autofree char *left = NULL, *right = NULL;

	if (children->len != 2)
		return g_strdup("?");
	if (!strcmp(op, "&&") || !strcmp(op, "||"))
		return choice_text(b, expression, NULL, clang_getCursorType(expression));
	if (!strcmp(op, "=") || !strcmp(op, "+=") || !strcmp(op, "-=") || !strcmp(op, "?="))
		return assign_text(b, expression, op);
	left = builder_value(b, child(children, 0));
	right = builder_value(b, child(children, 1));
	if (!strcmp(op, ","))
		return g_steal_pointer(&right);
	return g_strdup_printf("(%s %s %s)", left, op, right);
}

static char *call_types(CXCursor call)
{
	CXCursor function = clang_getCursorReferenced(call);
	g_autofree char *result = type_letter(clang_getCursorType(call));
	GString *types = g_string_new(result);
	int count = clang_getCursorKind(function) == CXCursor_FunctionDecl ?
		clang_Cursor_getNumArguments(function) : 0;

	for (int i = 0; i < count; i++) {
		CXCursor param = clang_Cursor_getArgument(function, i);
		g_autofree char *letter = type_letter(clang_getCursorType(param));

		g_string_append(types, letter);
	}
	return g_string_free(types, FALSE);
}

static char *callee_text(struct builder *b, CXCursor call)
{
	g_autoptr(GArray) children = cursor_children(call);
	char *name = callee_name(call);
	g_autofree char *pointer = NULL;

	if (*name || !children->len)
		return name;
	g_free(name);
	pointer = builder_value(b, child(children, 0));
	return g_strconcat("*", pointer, NULL);
}

static char *call_text(struct builder *b, CXCursor call)
{
	g_autoptr(GPtrArray) args = g_ptr_array_new_with_free_func(g_free);
	char *name = callee_text(b, call);
	int count = clang_Cursor_getNumArguments(call);
	CXCursor ref = call_callee_ref(call);
	int node;

	for (int i = 0; i < count; i++)
		g_ptr_array_add(args, builder_value(b, clang_Cursor_getArgument(call, i)));
	g_ptr_array_add(args, NULL);
	if (!strcmp(name, "__builtin_unreachable") || !strcmp(name, "panic"))
		g_array_set_size(b->open, 0);
	if (g_str_has_prefix(name, "__builtin_")) {
		g_free(name);
		return g_strdup("?");
	}
	node = builder_emit(b, "call", clang_Cursor_isNull(ref) ? call : ref, name, "()",
			    g_strjoinv(", ", (char **)args->pdata), call_types(call));
	return g_strdup_printf("@%d", node);
}

/* ({ ...; value; }); a value that is a variable of the block itself is its initialiser. */
static char *block_text(struct builder *b, CXCursor expression)
{
	g_autoptr(GArray) outer = cursor_children(expression);
	g_autoptr(GArray) children = NULL;

	if (!outer->len)
		return g_strdup("?");
	children = cursor_children(child(outer, 0));
	for (guint i = 0; i + 1 < children->len; i++)
		builder_statement(b, child(children, i));
	if (!children->len)
		return g_strdup("?");
	if (!clang_isExpression(clang_getCursorKind(child(children, children->len - 1)))) {
		builder_statement(b, child(children, children->len - 1));
		return g_strdup("?");
	}
	return builder_value(b, child(children, children->len - 1));
}

static char *other_text(struct builder *b, CXCursor expression)
{
	g_autoptr(GArray) children = cursor_children(expression);
	CXCursor core = expression_core(expression);

	if (!clang_equalCursors(core, expression))
		return builder_value(b, core);
	for (guint i = 0; i < children->len; i++)
		if (clang_isExpression(clang_getCursorKind(child(children, i))))
			g_free(builder_value(b, child(children, i)));
	return g_strdup("?");
}

char *builder_value(struct builder *b, CXCursor expression)
{
	g_autoptr(GArray) children = NULL;
	g_autofree char *base = NULL, *index = NULL;

	expression = expression_core(expression);
	switch (clang_getCursorKind(expression)) {
	case CXCursor_IntegerLiteral:
	case CXCursor_CharacterLiteral:
		return constant_text(expression);
	case CXCursor_StringLiteral:
		return g_strdup("\"\"");
	case CXCursor_DeclRefExpr:
		return name_text(expression);
	case CXCursor_MemberRefExpr:
		return member_text(b, expression);
	case CXCursor_UnaryOperator:
		return unary_text(b, expression);
	case CXCursor_BinaryOperator:
	case CXCursor_CompoundAssignOperator:
		return binary_text(b, expression);
	case CXCursor_CallExpr:
		return call_text(b, expression);
	case CXCursor_StmtExpr:
		return block_text(b, expression);
	case CXCursor_ArraySubscriptExpr:
		children = cursor_children(expression);
		base = builder_value(b, child(children, 0));
		index = builder_value(b, child(children, 1));
		return g_strdup_printf("%s[%s]", base, index);
	case CXCursor_ConditionalOperator:
		children = cursor_children(expression);
		if (children->len != 3)
			return other_text(b, expression);
		return choice_text(b, child(children, 0), &g_array_index(children, CXCursor, 1),
				   clang_getCursorType(expression));
	case CXCursor_GenericSelectionExpr:
		children = cursor_children(expression);
		return children->len ? builder_value(b, child(children, children->len - 1)) :
				       g_strdup("?");
	default:
		return other_text(b, expression);
	}
}
