// SPDX-License-Identifier: GPL-2.0-only
#include "frontend/fnptr.h"

static CXType function_type(CXType type)
{
	type = clang_getCanonicalType(type);
	if (type.kind == CXType_Pointer)
		type = clang_getCanonicalType(clang_getPointeeType(type));
	return type;
}

static bool type_matters(struct unit *unit, CXType type)
{
	int count;

	type = function_type(type);
	if (type.kind != CXType_FunctionProto)
		return false;
	if (type_depth(unit, clang_getResultType(type)))
		return true;
	count = clang_getNumArgTypes(type);
	for (int i = 0; i < count; i++)
		if (type_depth(unit, clang_getArgType(type, i)))
			return true;
	return false;
}

static CXCursor inner_value(CXCursor value)
{
	CXCursor inner;

	for (;;) {
		enum CXCursorKind kind = clang_getCursorKind(value);

		if (kind != CXCursor_ParenExpr && kind != CXCursor_UnexposedExpr &&
		    kind != CXCursor_CStyleCastExpr &&
		    !(kind == CXCursor_UnaryOperator &&
		      clang_getCursorUnaryOperatorKind(value) == CXUnaryOperator_AddrOf))
			return value;
		if (!cursor_last_child(value, &inner))
			return value;
		value = inner;
	}
}

bool fnptr_of_call(CXCursor callee)
{
	enum CXCursorKind kind = clang_getCursorKind(callee);

	return kind == CXCursor_FieldDecl || kind == CXCursor_VarDecl || kind == CXCursor_ParmDecl;
}

static void fnptr_flow(struct unit *unit, int dst, CXType type, CXCursor value, unsigned int line)
{
	CXCursor inner, decl;

	if (!type_matters(unit, type))
		return;
	inner = inner_value(value);
	if (clang_getCursorKind(inner) == CXCursor_ConditionalOperator) {
		g_autoptr(GArray) children = cursor_children(inner);

		for (guint i = 1; i < children->len; i++)
			fnptr_flow(unit, dst, type, g_array_index(children, CXCursor, i), line);
		return;
	}
	decl = clang_getCursorReferenced(inner);
	if (clang_getCursorKind(decl) == CXCursor_FunctionDecl)
		facts_flow(unit->facts, dst, place_of_function(unit, decl), FLOW_POINTER, line);
	else if (fnptr_of_call(decl) && type_matters(unit, clang_getCursorType(decl)))
		facts_flow(unit->facts, dst, place_of_decl(unit, decl), FLOW_POINTER, line);
}

void fnptr_init(struct unit *unit, CXCursor decl, CXCursor value, unsigned int line)
{
	CXType type = clang_getCursorType(decl);

	if (type_matters(unit, type))
		fnptr_flow(unit, place_of_decl(unit, decl), type, value, line);
}

/* bio->bi_end_io = done: done() will be given the bio. */
static void container_flow(struct unit *unit, CXCursor member, CXCursor function, unsigned int line)
{
	int count = clang_Cursor_getNumArguments(function);
	CXCursor object;
	CXType type;

	if (!cursor_child(member, 0, &object))
		return;
	type = clang_getCanonicalType(clang_getCursorType(object));
	if (type.kind != CXType_Pointer || !type_depth(unit, type))
		return;
	for (int i = 0; i < count; i++) {
		CXType param = clang_getCursorType(clang_Cursor_getArgument(function, i));
		struct places src;

		if (!clang_equalTypes(clang_getCanonicalType(param), type))
			continue;
		src = places_of(unit, object);
		for (int n = 0; n < src.count; n++)
			facts_flow(unit->facts, place_of_param(unit, function, i), src.number[n],
				   FLOW_ALIAS, line);
	}
}

void fnptr_assign(struct unit *unit, CXCursor target, CXCursor value, unsigned int line)
{
	CXCursor decl = clang_getCursorReferenced(target), function;
	CXType type = clang_getCursorType(target);

	if (!fnptr_of_call(decl) || !type_matters(unit, type))
		return;
	fnptr_flow(unit, place_of_decl(unit, decl), type, value, line);
	function = clang_getCursorReferenced(inner_value(value));
	if (clang_getCursorKind(target) == CXCursor_MemberRefExpr &&
	    clang_getCursorKind(function) == CXCursor_FunctionDecl)
		container_flow(unit, target, function, line);
}

void fnptr_arguments(struct unit *unit, CXCursor call, CXCursor function, unsigned int line)
{
	int count = clang_Cursor_getNumArguments(call);

	for (int i = 0; i < count; i++) {
		CXCursor argument = clang_Cursor_getArgument(call, i);
		CXType type = clang_getCursorType(argument);

		if (type_matters(unit, type))
			fnptr_flow(unit, place_of_param(unit, function, i), type, argument, line);
	}
}
