// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "frontend/value_flow.h"
#include "frontend/pfn_taint.h"
#include "frontend/fnptr.h"

unsigned int cursor_line(CXCursor cursor)
{
	unsigned int line;

	clang_getExpansionLocation(clang_getCursorLocation(cursor), NULL, &line, NULL, NULL);
	return line;
}

/* Arrays and containers are the same thing under two names; single pages are handed on. */
static enum flow_kind kind_of_flow(enum flow_kind kind, const struct places *dst,
				   const struct places *src)
{
	return dst->depth != 1 && src->depth == 2 ? FLOW_ALIAS : kind;
}

void flow_between(struct unit *unit, const struct places *dst, const struct places *src,
			 enum flow_kind kind, unsigned int line)
{
	if (!dst->depth && !src->depth)
		return;
	for (int i = 0; i < dst->count; i++)
		for (int j = 0; j < src->count; j++)
			facts_flow(unit->facts, dst->number[i], src->number[j],
				   kind_of_flow(kind, dst, src), line);
}

struct places flow_place(int number, int depth)
{
	struct places places = { .number = { number }, .count = number >= 0, .depth = depth };

	return places;
}

/* bvecs[i] = bv: what is in the one is put into the other; they stay two. */
static void flow_copy(struct unit *unit, const struct places *dst, const struct places *src,
		      unsigned int line)
{
	for (int i = 0; i < dst->count; i++)
		for (int j = 0; j < src->count; j++)
			facts_flow(unit->facts, dst->number[i], src->number[j], FLOW_CARRY, line);
}

/* *out = pages; */
static bool is_behind_param(CXCursor target)
{
	CXCursor inner;

	if (clang_getCursorKind(target) != CXCursor_UnaryOperator ||
	    clang_getCursorUnaryOperatorKind(target) != CXUnaryOperator_Deref ||
	    !cursor_child(target, 0, &inner))
		return false;
	return clang_getCursorKind(clang_getCursorReferenced(inner)) == CXCursor_ParmDecl;
}

void flow_assign(struct unit *unit, CXCursor assign)
{
	g_autoptr(GArray) children = cursor_children(assign);
	struct places dst, src;

	if (children->len != 2 ||
	    clang_getCursorBinaryOperatorKind(assign) != CXBinaryOperator_Assign)
		return;
	fnptr_assign(unit, g_array_index(children, CXCursor, 0),
		     g_array_index(children, CXCursor, 1), cursor_line(assign));
	if ((!carries_pages(unit, g_array_index(children, CXCursor, 0)) &&
	     !carries_pages(unit, g_array_index(children, CXCursor, 1))))
		return;
	dst = places_of(unit, g_array_index(children, CXCursor, 0));
	src = places_of(unit, g_array_index(children, CXCursor, 1));
	if (src.depth && !dst.depth)
		pfn_taint_note(unit, g_array_index(children, CXCursor, 0));
	/* A caller's array is put into its variable, as pages are into an array. */
	if (src.depth == 2 && is_behind_param(g_array_index(children, CXCursor, 0)))
		flow_copy(unit, &dst, &src, cursor_line(assign));
	if (clang_getCanonicalType(clang_getCursorType(assign)).kind == CXType_Record)
		flow_copy(unit, &dst, &src, cursor_line(assign));
	else
		flow_between(unit, &dst, &src, FLOW_ASSIGN, cursor_line(assign));
}

static void init_member(struct unit *unit, CXCursor list, CXCursor member, CXCursor value)
{
	struct places dst, src;

	fnptr_init(unit, member, value, cursor_line(value));
	if (!carries_pages(unit, value))
		return;
	dst = flow_place(place_of_decl(unit, member), 0);
	src = places_of(unit, value);
	flow_between(unit, &dst, &src, FLOW_INIT, cursor_line(list));
}

static enum CXVisitorResult collect_field(CXCursor field, CXClientData data)
{
	if (!clang_Cursor_isBitField(field) || clang_getFieldDeclBitWidth(field))
		g_array_append_val((GArray *)data, field);
	return CXVisit_Continue;
}

/* The members of a struct, by their order, of CXCursor. Caller frees. */
static GArray *fields_of(CXType record)
{
	GArray *fields = g_array_new(FALSE, FALSE, sizeof(CXCursor));

	clang_Type_visitFields(record, collect_field, fields);
	return fields;
}

/* { 1, put }: each value is of the member in its place, if no braces around a part are left out. */
static void init_by_place(struct unit *unit, CXCursor list, const GArray *items)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(list));
	g_autoptr(GArray) fields = NULL;

	if (type.kind != CXType_Record || !items->len)
		return;
	fields = fields_of(type);
	for (guint i = 0; i < items->len && i < fields->len; i++) {
		CXCursor field = g_array_index(fields, CXCursor, i);
		CXType of = clang_getCanonicalType(clang_getCursorType(field));
		CXCursor value = g_array_index(items, CXCursor, i);
		bool part = of.kind == CXType_Record || of.kind == CXType_ConstantArray;

		if (part && clang_getCursorKind(value) != CXCursor_InitListExpr)
			return;
		if (!part)
			init_member(unit, list, field, value);
	}
}

/* { .pages = pages, .put = put, ... }: each designated member is a child [member, value]. */
void flow_init_list(struct unit *unit, CXCursor list)
{
	g_autoptr(GArray) items = cursor_children(list);
	bool designated = false;

	for (guint i = 0; i < items->len; i++) {
		g_autoptr(GArray) pair = cursor_children(g_array_index(items, CXCursor, i));

		if (!pair->len ||
		    clang_getCursorKind(g_array_index(pair, CXCursor, 0)) != CXCursor_MemberRef)
			continue;
		designated = true;
		if (pair->len == 2)
			init_member(unit, list,
				    clang_getCursorReferenced(g_array_index(pair, CXCursor, 0)),
				    g_array_index(pair, CXCursor, 1));
	}
	if (!designated)
		init_by_place(unit, list, items);
}

/* struct bio_vec bv = { .bv_page = page }: the container stands for its member. */
static void flow_container(struct unit *unit, CXCursor variable, CXCursor list)
{
	g_autoptr(GArray) items = cursor_children(list);
	struct places dst, src;

	if (type_depth(unit, clang_getCursorType(variable)) != 2)
		return;
	for (guint i = 0; i < items->len; i++) {
		CXCursor item = g_array_index(items, CXCursor, i);

		if (!carries_pages(unit, item))
			continue;
		dst = flow_place(place_of_decl(unit, variable), 2);
		src = places_of(unit, item);
		flow_between(unit, &dst, &src, FLOW_CARRY, cursor_line(list));
	}
}

void flow_variable(struct unit *unit, CXCursor variable)
{
	CXCursor init = clang_Cursor_getVarDeclInitializer(variable);
	struct places dst, src;

	if (clang_Cursor_isNull(init))
		return;
	if (clang_getCursorKind(init) == CXCursor_InitListExpr) {
		flow_container(unit, variable, init);
		return;
	}
	fnptr_init(unit, variable, init, cursor_line(variable));
	if (!type_depth(unit, clang_getCursorType(variable)) && !carries_pages(unit, init))
		return;
	dst = flow_place(place_of_decl(unit, variable),
			 type_depth(unit, clang_getCursorType(variable)));
	src = places_of(unit, init);
	flow_between(unit, &dst, &src, FLOW_INIT, cursor_line(variable));
}

void flow_return(struct unit *unit, CXCursor statement)
{
	g_autoptr(GArray) children = cursor_children(statement);
	struct places dst, src;

	if (children->len != 1 || !carries_pages(unit, g_array_index(children, CXCursor, 0)))
		return;
	src = places_of(unit, g_array_index(children, CXCursor, 0));
	if (!src.depth)
		return;
	dst = flow_place(place_of_return(unit, unit->function), src.depth);
	flow_between(unit, &dst, &src, FLOW_RETURN, cursor_line(statement));
}

void flow_iterator(struct unit *unit, CXCursor call, CXCursor function, int pages)
{
	int index = call_role_index(unit, function, PARAM_ITER);
	struct places iter;

	if (index < 0 || index >= clang_Cursor_getNumArguments(call))
		return;
	iter = places_of(unit, clang_Cursor_getArgument(call, index));
	for (int i = 0; i < iter.count; i++)
		facts_flow(unit->facts, pages, iter.number[i], FLOW_ITER, cursor_line(call));
}

void flow_scatter(struct unit *unit, CXCursor call)
{
	struct places dst, src;

	if (clang_Cursor_getNumArguments(call) < 2)
		return;
	dst = places_of(unit, clang_Cursor_getArgument(call, 0));
	src = places_of(unit, clang_Cursor_getArgument(call, 1));
	flow_between(unit, &dst, &src, FLOW_CARRY, cursor_line(call));
	/* An array is put into a table, whoever's it is: a caller finds them there. */
	if (src.depth == 2)
		flow_copy(unit, &dst, &src, cursor_line(call));
}

void flow_iterated(struct unit *unit, CXCursor call, CXCursor function)
{
	int count = clang_Cursor_getNumArguments(call);
	int index = call_role_index(unit, function, PARAM_ITER);
	struct places iter;

	if (index < 0 || index >= count)
		return;
	iter = places_of(unit, clang_Cursor_getArgument(call, index));
	for (int i = 0; i < count; i++) {
		CXCursor argument = clang_Cursor_getArgument(call, i);
		struct places pages;

		if (i == index || !carries_pages(unit, argument))
			continue;
		pages = places_of(unit, argument);
		flow_between(unit, &iter, &pages, FLOW_CARRY, cursor_line(call));
		/* They are put into it, whoever's it is: a caller finds them there. */
		flow_copy(unit, &iter, &pages, cursor_line(call));
	}
}
