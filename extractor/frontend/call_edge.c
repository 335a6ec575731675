// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "frontend/call_edge.h"
#include "frontend/location.h"
#include "frontend/pt_constraints.h"
#include "model/path_class.h"
#include "frontend/renamed_call.h"

/* The tag of the struct behind one pointer; caller frees. */
static char *object_tag(CXType type)
{
	char *tag;

	type = clang_getCanonicalType(type);
	if (type.kind != CXType_Pointer)
		return g_strdup("-");
	type = clang_getCanonicalType(clang_getPointeeType(type));
	/* struct foo **: where a function leaves its object */
	if (type.kind == CXType_Pointer)
		type = clang_getCanonicalType(clang_getPointeeType(type));
	if (type.kind != CXType_Record)
		return g_strdup("-");
	tag = cursor_name(clang_getTypeDeclaration(type));
	if (*tag && !strchr(tag, '('))
		return tag;
	g_free(tag);
	return g_strdup("-");
}

char *call_edge_objects(CXCursor function)
{
	GString *text = g_string_new("=");
	int count = clang_Cursor_getNumArguments(function);
	g_autofree char *result = object_tag(clang_getCursorResultType(function));
	bool any = *result != '-';

	g_string_append(text, result);
	for (int i = 0; i < count; i++) {
		g_autofree char *tag = object_tag(
			clang_getCursorType(clang_Cursor_getArgument(function, i)));

		any |= *tag != '-';
		g_string_append_printf(text, ",%s", tag);
	}
	return g_string_free(text, !any);
}

static bool is_header_helper(struct unit *unit, CXCursor function)
{
	return clang_getCursorLinkage(function) == CXLinkage_Internal &&
	       !tu_path(unit, clang_getCursorLocation(function), NULL, NULL);
}

/*
 * An inline function of the whole kernel's that is given an object which may have pages, or a
 * container of them.
 */
static bool is_given_object(struct unit *unit, CXCursor function, const char *scope)
{
	int count = clang_Cursor_getNumArguments(function);

	if (!path_is_public(unit->apis->knowledge, scope))
		return false;
	for (int i = 0; i < count; i++) {
		CXType type = clang_getCursorType(clang_Cursor_getArgument(function, i));

		if (type_has_pages(unit, type) || type_is_container(unit, type))
			return true;
	}
	return false;
}

static void note_inline(struct unit *unit, CXCursor function, const char *name, unsigned int line)
{
	g_autofree char *scope = declaring_file(unit, function);

	if (is_given_object(unit, function, scope))
		facts_invoke(unit->facts, name, scope, line);
}

void call_edge_note(struct unit *unit, CXCursor call, CXCursor function, const char *name,
		    unsigned int line)
{
	const char *scope = "";

	renamed_call_note(unit, call, function);
	if (!clang_Cursor_getNumArguments(call) || clang_Cursor_isVariadic(function))
		return;
	if (is_header_helper(unit, function)) {
		note_inline(unit, function, name, line);
		return;
	}
	if (clang_getCursorLinkage(function) == CXLinkage_Internal)
		scope = tu_path(unit, clang_getCursorLocation(function), NULL, NULL);
	facts_invoke(unit->facts, name, scope, line);
}

bool call_edge_takes_array(struct unit *unit, CXCursor call, CXCursor function)
{
	int count = clang_Cursor_getNumArguments(call);

	if (!clang_Cursor_isNull(clang_getCursorDefinition(function)))
		return false;
	for (int i = 0; i < count; i++) {
		CXType type = clang_getCanonicalType(
			clang_getCursorType(clang_Cursor_getArgument(call, i)));

		if (type.kind == CXType_Pointer && type_depth(unit, type) == 2 &&
		    clang_getCanonicalType(clang_getPointeeType(type)).kind == CXType_Pointer)
			return true;
	}
	return false;
}
