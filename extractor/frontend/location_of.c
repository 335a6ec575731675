// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "frontend/pfn_taint.h"
#include "frontend/pt_constraints.h"
#include "frontend/location.h"
#include "frontend/fnptr.h"
#include "frontend/macro_call.h"

/**
 * enum purpose - what an expression is evaluated for
 * @RECORD: its places, which get a name, and facts of numbers and objects on the way
 * @LOOK: its depth alone: nothing is recorded, and the places' numbers mean nothing
 */
enum purpose { LOOK, RECORD };

static struct places evaluate(struct unit *unit, CXCursor expression, enum purpose purpose);

static void places_add(struct places *places, int number)
{
	if (number >= 0 && places->count < PLACES_MAX)
		places->number[places->count++] = number;
}

static void places_merge(struct places *into, const struct places *more)
{
	for (int i = 0; i < more->count; i++)
		places_add(into, more->number[i]);
	into->depth = MAX(into->depth, more->depth);
}

/* A number that is called a pfn stands for its page, an array of them for many. */
static int pfn_depth(CXType type, CXCursor decl)
{
	g_autofree char *name = NULL;
	int pointers = 0;

	for (type = clang_getCanonicalType(type); type.kind == CXType_Pointer; pointers++)
		type = clang_getCanonicalType(clang_getPointeeType(type));
	if (type.kind != CXType_ULong && type.kind != CXType_ULongLong && type.kind != CXType_Long)
		return 0;
	name = cursor_name(decl);
	return strstr(name, "pfn") ? MIN(pointers + 1, 2) : 0;
}

static struct places places_of_call(struct unit *unit, CXCursor call, enum purpose purpose)
{
	CXCursor function = clang_getCursorReferenced(call);
	g_autofree char *name = cursor_name(function);
	const struct api *api = api_find(unit->apis, name);
	struct places places = { .depth = type_depth(unit, clang_getCursorType(call)) };

	if (!places.depth)
		places.depth = pfn_depth(clang_getCursorType(call), function);
	if (fnptr_of_call(function) && places.depth)
		places_add(&places, purpose == LOOK ? 0 : place_behind_pointer(unit, function, -1));
	if (clang_getCursorKind(function) != CXCursor_FunctionDecl)
		return places;
	if (api && function_is_homonym(unit, function))
		api = NULL;
	if (api_has_role(api, ROLE_CARRY) && clang_Cursor_getNumArguments(call) > 0) {
		struct places inner = evaluate(unit, clang_Cursor_getArgument(call, 0), purpose);

		inner.depth = inner.depth ? 1 : places.depth;
		return inner;
	}
	/* xas_load() gives a void pointer: the type of its target decides whether it is a page */
	if (!places.depth && !api_has_role(api, ROLE_SOURCE))
		return places;
	if (api_has_role(api, ROLE_ACQUIRE))
		places_add(&places, purpose == LOOK ? 0 : place_of_result(unit, call));
	else
		places_add(&places, purpose == LOOK ? 0 : place_of_return(unit, function));
	return places;
}

/*
 * A use of a macro is as a call of a function with its name, whatever the macro is made of;
 * false where the expansion has as much or more.
 */
static bool places_of_macro(struct unit *unit, CXCursor expression, enum purpose purpose,
			    struct places *places)
{
	CXType type = clang_getCursorType(expression);
	struct macro_result macro;

	if (!macro_result_of(unit, expression, &macro) || macro.calls_api)
		return false;
	*places = (struct places){ .depth = type_depth(unit, type) };
	if (!places->depth && strstr(macro.name, "pfn"))
		places->depth = 1;
	if (macro.api->role == ROLE_CARRY && macro.has_argument) {
		struct places inner = evaluate(unit, macro.argument, purpose);

		if (purpose == RECORD && places->depth && !inner.depth && inner.count)
			pfn_taint_note(unit, macro.argument);
		inner.depth = inner.depth ? 1 : places->depth;
		*places = inner;
		return inner.count;
	}
	if (macro.api->role != ROLE_SOURCE || macro.api->detail == DETAIL_ADDRESS)
		return false;
	places_add(places, purpose == LOOK ? 0 : place_of_macro(unit, macro.name, type));
	return true;
}

static struct places places_of_conditional(struct unit *unit, CXCursor expression,
					   enum purpose purpose)
{
	g_autoptr(GArray) children = cursor_children(expression);
	struct places places = { 0 };

	/* condition, then, else; GNU's a ?: b has fewer children */
	for (guint i = children->len > 2 ? 1 : 0; i < children->len; i++) {
		struct places branch = evaluate(unit, g_array_index(children, CXCursor, i),
						purpose);

		places_merge(&places, &branch);
	}
	return places;
}

static CXCursor inner_expression(CXCursor expression)
{
	CXCursor inner;

	while ((clang_getCursorKind(expression) == CXCursor_ParenExpr ||
		clang_getCursorKind(expression) == CXCursor_UnexposedExpr ||
		clang_getCursorKind(expression) == CXCursor_CStyleCastExpr) &&
	       cursor_last_child(expression, &inner))
		expression = inner;
	return expression;
}

/*
 * Where all of memory's struct pages begin: a variable of that name, or a
 * constant address. The number that is added to it is a pfn, and so stands for its page.
 */
static bool is_memory_map(struct unit *unit, CXCursor expression)
{
	CXCursor inner = inner_expression(expression);
	g_autofree char *name = NULL;

	if (type_depth(unit, clang_getCursorType(expression)) != 1)
		return false;
	if (clang_getCursorKind(inner) == CXCursor_IntegerLiteral)
		return true;
	name = cursor_name(inner);
	return clang_getCursorKind(inner) == CXCursor_DeclRefExpr &&
	       knowledge_details(unit->apis->knowledge, KNOW_GLOBAL, name) & KNOWN(MEMMAP);
}

static struct places places_of_sum(struct unit *unit, CXCursor expression, enum purpose purpose)
{
	struct places places = { 0 };
	CXCursor sides[2];

	if (!cursor_child(expression, 0, &sides[0]) || !cursor_child(expression, 1, &sides[1]))
		return places;
	for (int i = 0; i < 2; i++) {
		struct places inner;

		if (is_memory_map(unit, sides[i]))
			continue;
		inner = evaluate(unit, sides[i], purpose);
		if (inner.depth || (inner.count && is_memory_map(unit, sides[!i])))
			places_merge(&places, &inner);
		if (purpose == RECORD && !inner.depth && inner.count &&
		    is_memory_map(unit, sides[!i]))
			pfn_taint_note(unit, sides[i]);
	}
	/* Nothing known of the pfn: then the page may be any. */
	for (int i = 0; i < 2 && !places.count; i++)
		if (is_memory_map(unit, sides[i]))
			places = evaluate(unit, sides[i], purpose);
	return places;
}

static struct places places_of_binary(struct unit *unit, CXCursor expression, enum purpose purpose)
{
	enum CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(expression);
	struct places places = { 0 };
	CXCursor side;

	if (op == CXBinaryOperator_Assign) {
		if (cursor_child(expression, 0, &side))
			return evaluate(unit, side, purpose);
		return places;
	}
	if (op == CXBinaryOperator_Comma) {
		if (cursor_child(expression, 1, &side))
			return evaluate(unit, side, purpose);
		return places;
	}
	if (op == CXBinaryOperator_Shl || op == CXBinaryOperator_Shr || op == CXBinaryOperator_And)
		return cursor_child(expression, 0, &side) ? evaluate(unit, side, purpose) : places;
	/* (unsigned long)page | flags */
	if (op == CXBinaryOperator_Add || op == CXBinaryOperator_Sub || op == CXBinaryOperator_Or)
		return places_of_sum(unit, expression, purpose);
	return places;
}

static struct places places_of_child(struct unit *unit, CXCursor expression, enum purpose purpose,
				     bool last)
{
	struct places places = { 0 };
	CXCursor child;

	if (last ? cursor_last_child(expression, &child) : cursor_child(expression, 0, &child))
		places = evaluate(unit, child, purpose);
	return places;
}

/* ZERO_PAGE() is the page of this variable's address, or the variable itself. */
static bool is_zero_page(struct unit *unit, CXCursor decl)
{
	g_autofree char *name = NULL;

	if (clang_getCursorKind(decl) != CXCursor_VarDecl ||
	    clang_getCursorLinkage(decl) == CXLinkage_NoLinkage)
		return false;
	name = cursor_name(decl);
	return knowledge_details(unit->apis->knowledge, KNOW_GLOBAL, name) & KNOWN(ZERO);
}

static struct places places_of_name(struct unit *unit, CXCursor expression, enum purpose purpose)
{
	CXCursor decl = clang_getCursorReferenced(expression);
	struct places places = { .depth = type_depth(unit, clang_getCursorType(expression)) };

	if (!places.depth)
		places.depth = pfn_depth(clang_getCursorType(expression), decl);
	if (!places.depth && is_zero_page(unit, decl))
		places.depth = 1;
	places_add(&places, purpose == LOOK ? 0 : place_of_decl(unit, decl));
	return places;
}

static bool is_record(CXCursor cursor)
{
	enum CXCursorKind kind = clang_getCursorKind(cursor);

	return kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl;
}

char *record_of_field(CXCursor field)
{
	CXCursor record = clang_getCursorSemanticParent(field);

	while (clang_Cursor_isAnonymous(record) && is_record(clang_getCursorSemanticParent(record)))
		record = clang_getCursorSemanticParent(record);
	return cursor_name(record);
}

/* A struct page itself, and no pointer to it. */
static bool is_one_page(struct unit *unit, CXCursor expression)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(expression));
	g_autofree char *record = type.kind == CXType_Record ?
		cursor_name(clang_getTypeDeclaration(type)) : NULL;

	return record && record_details(unit, record) & KNOWN(ONE);
}

/* scatterlist.page_link: a page, with flags in its lowest bits. */
static bool is_tagged_page(struct unit *unit, const char *record, CXCursor expression)
{
	return record_is_container(unit, record) &&
	       clang_getCanonicalType(clang_getCursorType(expression)).kind == CXType_ULong;
}

/* void *ptrs[]: room for pages, which those who have the container cast to and from. */
static bool is_room(CXCursor field)
{
	CXType element = clang_getArrayElementType(clang_getCanonicalType(
		clang_getCursorType(field)));

	element = clang_getCanonicalType(element);
	return element.kind == CXType_Pointer &&
	       clang_getCanonicalType(clang_getPointeeType(element)).kind == CXType_Void;
}

/*
 * A member of a container (bv_page, sgl) stands for the container itself, as
 * the same struct holds the pages of every driver. &folio->page is the folio.
 */
static struct places places_of_member(struct unit *unit, CXCursor expression, enum purpose purpose)
{
	CXCursor field = clang_getCursorReferenced(expression);
	g_autofree char *record = cursor_name(clang_getCursorSemanticParent(field));
	g_autofree char *named = record_of_field(field);
	struct places places = { 0 };

	/* The access to an anonymous struct or union, which the compiler puts in between. */
	if (clang_Cursor_isAnonymous(clang_getTypeDeclaration(clang_getCanonicalType(
		    clang_getCursorType(field)))) && record_is_container(unit, named))
		return places_of_child(unit, expression, purpose, false);
	if ((record_is_container(unit, named) &&
	     (type_depth(unit, clang_getCursorType(expression)) || is_room(field))) ||
	    is_tagged_page(unit, record, expression) ||
	    (record_details(unit, record) & KNOWN(ONE) && is_one_page(unit, expression)))
		places = places_of_child(unit, expression, purpose, false);
	if (places.count)
		return places;
	places = places_of_name(unit, expression, purpose);
	if (places.count && places.depth && purpose == RECORD)
		pt_constraint_member(unit, expression, places.number[0]);
	return places;
}

bool carries_pages(struct unit *unit, CXCursor expression)
{
	return type_depth(unit, clang_getCursorType(expression)) ||
	       evaluate(unit, expression, LOOK).depth;
}

struct places places_of(struct unit *unit, CXCursor expression)
{
	return evaluate(unit, expression, RECORD);
}

static struct places evaluate(struct unit *unit, CXCursor expression, enum purpose purpose)
{
	struct places places = { 0 };
	int depth = type_depth(unit, clang_getCursorType(expression));

	if (unit->macros && places_of_macro(unit, expression, purpose, &places)) {
		places.depth = depth ? depth : places.depth;
		return places;
	}
	places = (struct places){ 0 };
	switch (clang_getCursorKind(expression)) {
	case CXCursor_UnexposedExpr:
	case CXCursor_ParenExpr:
	case CXCursor_CStyleCastExpr:
	case CXCursor_StmtExpr:
	case CXCursor_CompoundStmt:
	case CXCursor_CompoundLiteralExpr:	/* an argument of a transparent union, */
	case CXCursor_InitListExpr:		/* as release_pages() has one */
	case CXCursor_GenericSelectionExpr:	/* page_folio() */
		places = places_of_child(unit, expression, purpose, true);
		break;
	case CXCursor_UnaryOperator:
		if (clang_getCursorUnaryOperatorKind(expression) == CXUnaryOperator_LNot)
			return places;
		places = places_of_child(unit, expression, purpose, false);
		/* &pfn, for a function to fill; &page is known by its type */
		if (clang_getCursorUnaryOperatorKind(expression) == CXUnaryOperator_AddrOf &&
		    places.depth == 1)
			places.depth = 2;
		break;
	case CXCursor_ArraySubscriptExpr:
		places = places_of_child(unit, expression, purpose, false);
		break;
	case CXCursor_DeclRefExpr:
		places = places_of_name(unit, expression, purpose);
		break;
	case CXCursor_MemberRefExpr:
		places = places_of_member(unit, expression, purpose);
		break;
	case CXCursor_CallExpr:
		places = places_of_call(unit, expression, purpose);
		break;
	case CXCursor_ConditionalOperator:
		places = places_of_conditional(unit, expression, purpose);
		break;
	case CXCursor_BinaryOperator:
		places = places_of_binary(unit, expression, purpose);
		break;
	default:
		break;
	}
	/* pages[i] is one page though pages is many; a cast to void * keeps what it held */
	if (depth)
		places.depth = depth;
	return places;
}
