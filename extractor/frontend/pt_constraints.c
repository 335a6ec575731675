// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "frontend/value_flow.h"
#include "frontend/pt_constraints.h"
#include "model/path_class.h"
#include "frontend/pt_prune.h"
#include "frontend/fnptr.h"

void pt_constraint_flow(struct unit *unit, int dst, const struct sources *src,
			enum object_kind kind, unsigned int line)
{
	for (int i = 0; i < src->count; i++)
		pt_prune_add(unit, dst, src->number[i], kind, line);
}

static CXCursor bare(CXCursor expression)
{
	CXCursor inner;

	while ((clang_getCursorKind(expression) == CXCursor_ParenExpr ||
		clang_getCursorKind(expression) == CXCursor_UnexposedExpr) &&
	       cursor_child(expression, 0, &inner))
		expression = inner;
	return expression;
}

/* *a = *b: from then on what was in the one is in the other. */
static void pt_constraint_copy(struct unit *unit, CXCursor a, CXCursor b, unsigned int line)
{
	struct sources dst = sources_of(unit, a), src = sources_of(unit, b);

	for (int i = 0; i < dst.count; i++)
		pt_constraint_flow(unit, dst.number[i], &src, OBJECT_COPY, line);
}

void pt_constraint_assign(struct unit *unit, CXCursor assign)
{
	g_autoptr(GArray) children = cursor_children(assign);
	unsigned int line = cursor_line(assign);
	CXCursor target, value, decl;
	struct sources src;
	CXType type;

	if (children->len != 2 ||
	    clang_getCursorBinaryOperatorKind(assign) != CXBinaryOperator_Assign)
		return;
	target = bare(g_array_index(children, CXCursor, 0));
	value = g_array_index(children, CXCursor, 1);
	type = clang_getCanonicalType(clang_getCursorType(target));
	decl = clang_getCursorReferenced(target);
	if (type_is_function_pointer(type)) {
		if (clang_getCursorKind(target) == CXCursor_MemberRefExpr)
			fnptr_callback_store(unit, target, value, line);
		else if (clang_getCursorKind(target) == CXCursor_DeclRefExpr)
			fnptr_callback_variable(unit, decl, value, line);
		return;
	}
	if (type.kind == CXType_Pointer && clang_getCursorKind(target) == CXCursor_MemberRefExpr)
		fnptr_callback_table(unit, target, value, line);
	if (type.kind == CXType_Record && type_keeps_pages(unit, type)) {
		pt_constraint_copy(unit, target, value, line);
		return;
	}
	if (clang_getCursorKind(target) == CXCursor_DeclRefExpr ? !is_object_variable(unit, decl) :
	    clang_getCursorKind(target) != CXCursor_MemberRefExpr || !type_keeps_pages(unit, type))
		return;
	src = sources_of(unit, value);
	pt_constraint_flow(unit, place_of_decl(unit, decl), &src, OBJECT_POINTS, line);
}

void pt_constraint_variable(struct unit *unit, CXCursor variable)
{
	CXCursor init = clang_Cursor_getVarDeclInitializer(variable);
	CXType type = clang_getCanonicalType(clang_getCursorType(variable));
	unsigned int line = cursor_line(variable);
	struct sources src = { .count = 1 };

	if (clang_getCursorLinkage(variable) != CXLinkage_NoLinkage)
		return;
	if (type_is_function_pointer(type) && !clang_Cursor_isNull(init))
		fnptr_callback_variable(unit, variable, init, line);
	if (type.kind == CXType_Pointer && type_keeps_pages(unit, type) &&
	    !clang_Cursor_isNull(init)) {
		src = sources_of(unit, init);
		pt_constraint_flow(unit, place_of_decl(unit, variable), &src, OBJECT_POINTS, line);
		return;
	}
	if (type.kind != CXType_Record || !type_keeps_pages(unit, type))
		return;
	src.number[0] = place_of_new(unit, variable);
	pt_constraint_flow(unit, place_of_decl(unit, variable), &src, OBJECT_POINTS, line);
	if (!clang_Cursor_isNull(init) && clang_getCursorKind(init) != CXCursor_InitListExpr) {
		src = sources_of(unit, init);
		pt_constraint_flow(unit, place_of_decl(unit, variable), &src, OBJECT_COPY, line);
	}
}

void pt_constraint_return(struct unit *unit, CXCursor statement)
{
	struct sources src;
	CXCursor value;

	if (!cursor_child(statement, 0, &value) ||
	    !type_keeps_pages(unit, clang_getCursorResultType(unit->function)))
		return;
	src = sources_of(unit, value);
	pt_constraint_flow(unit, place_of_return(unit, unit->function), &src, OBJECT_POINTS,
			   cursor_line(statement));
}

void pt_constraint_address(struct unit *unit, CXCursor operator)
{
	struct sources any = { .count = 1 };
	CXCursor inner, decl;

	if (clang_getCursorUnaryOperatorKind(operator) != CXUnaryOperator_AddrOf ||
	    !cursor_child(operator, 0, &inner))
		return;
	inner = bare(inner);
	decl = clang_getCursorReferenced(inner);
	if (clang_getCursorKind(inner) != CXCursor_DeclRefExpr || !is_object_variable(unit, decl) ||
	    clang_getCanonicalType(clang_getCursorType(decl)).kind != CXType_Pointer ||
	    clang_getCursorLinkage(decl) != CXLinkage_NoLinkage)
		return;
	any.number[0] = place_of_any(unit);
	pt_constraint_flow(unit, place_of_decl(unit, decl), &any, OBJECT_POINTS,
			   cursor_line(operator));
}

/* &object->member, or the object itself */
static bool names_object(struct unit *unit, CXCursor argument)
{
	CXCursor inner;

	if (type_keeps_pages(unit, clang_getCursorType(argument)))
		return true;
	for (argument = bare(argument); clang_getCursorKind(argument) == CXCursor_UnaryOperator ||
	     clang_getCursorKind(argument) == CXCursor_MemberRefExpr; argument = bare(inner)) {
		if (!cursor_child(argument, 0, &inner))
			return false;
		if (clang_getCursorKind(argument) == CXCursor_UnaryOperator &&
		    clang_getCursorUnaryOperatorKind(argument) != CXUnaryOperator_AddrOf)
			return false;
		if (clang_getCursorKind(argument) == CXCursor_MemberRefExpr &&
		    type_keeps_pages(unit, clang_getCursorType(inner)))
			return true;
	}
	return false;
}

/* A handle that came in as a parameter, and is handed on inside of the file. */
static bool hands_on(CXCursor argument, CXCursor function)
{
	argument = bare(argument);
	return clang_getCursorKind(argument) == CXCursor_DeclRefExpr &&
	       clang_getCursorKind(clang_getCursorReferenced(argument)) == CXCursor_ParmDecl &&
	       clang_getCursorLinkage(function) == CXLinkage_Internal &&
	       clang_Location_isFromMainFile(clang_getCursorLocation(function));
}

/* A function of the whole kernel's: what it is given of an object is no concern of other files. */
static bool is_service(struct unit *unit, CXCursor function)
{
	g_autofree char *file = declaring_file(unit, function);

	return path_is_header(unit->apis->knowledge, file);
}

/* A handle for another file: it may be any there. */
static bool leads_nowhere(struct unit *unit, CXCursor function, int index)
{
	CXCursor param = clang_Cursor_getArgument(function, index);

	return !type_keeps_pages(unit, clang_getCursorType(param)) &&
	       clang_Cursor_isNull(clang_getCursorDefinition(function));
}

static void argument_flow(struct unit *unit, int dst, CXCursor argument, unsigned int line)
{
	struct sources src = sources_of(unit, argument);

	pt_constraint_flow(unit, dst, &src, OBJECT_POINTS, line);
}

void pt_constraint_call(struct unit *unit, CXCursor call, CXCursor function)
{
	int count = clang_Cursor_getNumArguments(call);
	unsigned int line = cursor_line(call);
	bool direct = clang_getCursorKind(function) == CXCursor_FunctionDecl;
	g_autofree char *name = cursor_name(function);

	if (knowledge_has(unit->apis->knowledge, KNOW_COPY, name) && count > 1) {
		CXCursor to = clang_Cursor_getArgument(call, 0),
			 from = clang_Cursor_getArgument(call, 1);

		while (clang_getCursorKind(to) == CXCursor_UnexposedExpr &&
		       cursor_child(to, 0, &to))
			;
		if (type_keeps_pages(unit, clang_getCursorType(to)))
			pt_constraint_copy(unit, to, from, line);
		return;
	}
	if (direct)
		fnptr_callback_understood(unit, call_callee_ref(call));
	for (int i = 0; i < count; i++) {
		CXCursor argument = clang_Cursor_getArgument(call, i);

		if (clang_getCanonicalType(clang_getCursorType(argument)).kind != CXType_Pointer ||
		    (direct && !names_object(unit, argument) && !hands_on(argument, function)))
			continue;
		if (direct && (is_service(unit, function) || leads_nowhere(unit, function, i)))
			continue;
		if (direct)
			argument_flow(unit, place_of_param(unit, function, i), argument, line);
		else if (clang_getCursorKind(function) != CXCursor_FieldDecl)
			argument_flow(unit, place_behind_pointer(unit, function, i), argument,
				      line);
	}
	fnptr_callback_arguments(unit, call, function, line);
}

void pt_constraint_member(struct unit *unit, CXCursor expression, int place)
{
	CXCursor base, record = type_record(clang_getCursorType(expression));
	g_autofree char *name = clang_Cursor_isNull(record) ? NULL : cursor_name(record);
	struct sources src;

	/* Of an iterator it matters what it is over, and not whose it is. */
	if ((name && record_details(unit, name) & KNOWN(ITER)) ||
	    !cursor_child(expression, 0, &base))
		return;
	src = sources_of_base(unit, expression);
	pt_constraint_flow(unit, place, &src, OBJECT_MEMBER, cursor_line(expression));
}
