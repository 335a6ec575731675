// SPDX-License-Identifier: GPL-2.0-only
#include "frontend/pt_constraints.h"
#include "frontend/pt_prune.h"
#include "frontend/fnptr.h"

bool type_is_function_pointer(CXType type)
{
	type = clang_getCanonicalType(type);
	if (type.kind != CXType_Pointer)
		return false;
	type = clang_getCanonicalType(clang_getPointeeType(type));
	return type.kind == CXType_FunctionProto || type.kind == CXType_FunctionNoProto;
}

/* An expression is one node of the tree, whatever cursor led to it. */
void fnptr_callback_understood(struct unit *unit, CXCursor ref)
{
	if (!unit->understood)
		unit->understood = g_hash_table_new(NULL, NULL);
	g_hash_table_add(unit->understood, (void *)ref.data[1]);
}

/* A function whose parameters may be objects: others need no watch. */
static bool takes_records(CXCursor function)
{
	int count = clang_Cursor_getNumArguments(function);

	for (int i = 0; i < count; i++)
		if (!clang_Cursor_isNull(type_record(clang_getCursorType(
					 clang_Cursor_getArgument(function, i)))))
			return true;
	return false;
}

/* static const struct foo_ops ops = { .done = done }; */
static bool is_table(CXCursor decl)
{
	return clang_getCursorKind(decl) == CXCursor_VarDecl &&
	       clang_getCursorLinkage(decl) == CXLinkage_Internal &&
	       clang_getCanonicalType(clang_getCursorType(decl)).kind == CXType_Record;
}

void fnptr_callback_reference(struct unit *unit, CXCursor ref, CXCursor table)
{
	CXCursor decl = clang_getCursorReferenced(ref);
	bool function = clang_getCursorKind(decl) == CXCursor_FunctionDecl;
	bool listed = function && !clang_Cursor_isNull(table) && is_table(table);
	unsigned int line;

	if ((!function && !is_table(decl)) || (function && !takes_records(decl)) ||
	    (unit->understood && g_hash_table_contains(unit->understood, ref.data[1])))
		return;
	if (tu_path(unit, clang_getCursorLocation(ref), &line, NULL))
		pt_prune_add(unit, listed ? place_of_decl(unit, table) : place_of_any(unit),
			     function ? place_of_function(unit, decl) : place_of_decl(unit, decl),
			     listed ? OBJECT_CALLBACK : OBJECT_HANDED, line);
}

/* The records that a pointer into an object points to or is inside of, inner ones first. */
static GArray *records_around(struct unit *unit, CXCursor expression)
{
	GArray *records = g_array_new(FALSE, FALSE, sizeof(CXCursor));
	CXCursor inner;

	for (;;) {
		CXCursor record = type_record(clang_getCursorType(expression));

		if (!clang_Cursor_isNull(record))
			g_array_append_val(records, record);
		switch (clang_getCursorKind(expression)) {
		case CXCursor_UnexposedExpr:
		case CXCursor_ParenExpr:
		case CXCursor_UnaryOperator:
		case CXCursor_MemberRefExpr:
		case CXCursor_ArraySubscriptExpr:
			break;
		default:
			return records;
		}
		if (!cursor_child(expression, 0, &inner) ||
		    type_depth(unit, clang_getCursorType(inner)))
			return records;
		/* Behind a pointer in an object is another one. */
		if (clang_getCursorKind(expression) == CXCursor_MemberRefExpr &&
		    clang_getCanonicalType(clang_getCursorType(expression)).kind == CXType_Pointer)
			return records;
		expression = inner;
	}
}

static bool has_record(const GArray *records, CXCursor record)
{
	for (guint i = 0; i < records->len; i++)
		if (clang_equalCursors(g_array_index(records, CXCursor, i), record))
			return true;
	return false;
}

struct member_search {
	CXCursor record;
	bool found;
};

static enum CXVisitorResult look_at_member(CXCursor field, CXClientData data)
{
	struct member_search *search = data;
	CXType type = clang_getCanonicalType(clang_getCursorType(field));

	search->found = type.kind == CXType_Record &&
			clang_equalCursors(clang_getTypeDeclaration(type), search->record);
	return search->found ? CXVisit_Break : CXVisit_Continue;
}

/* The object is given whole, and the function gets a member of it: kref_put_object(o, release) */
static bool has_member(const GArray *records, CXCursor record)
{
	struct member_search search = { record, false };

	for (guint i = 0; i < records->len && !search.found; i++)
		clang_Type_visitFields(clang_getCursorType(g_array_index(records, CXCursor, i)),
				       look_at_member, &search);
	return search.found;
}

/**
 * struct offer - an object that a function is left with
 * @records: that it is, or is inside of
 */
struct offer {
	GArray *records;
	struct sources object;
};

static void offer_clear(void *data)
{
	g_array_unref(((struct offer *)data)->records);
}

static GArray *offers_new(void)
{
	GArray *offers = g_array_new(FALSE, FALSE, sizeof(struct offer));

	g_array_set_clear_func(offers, offer_clear);
	return offers;
}

static void offer_add(struct unit *unit, GArray *offers, CXCursor expression, struct sources object)
{
	struct offer offer = { records_around(unit, expression), object };

	g_array_append_val(offers, offer);
}

/* A parameter of the type of an object, or of what is inside of it, will be given that. */
static bool bind_param(struct unit *unit, int param, CXCursor record, const GArray *offers,
		       unsigned int line)
{
	struct sources any = { .number = { place_of_any(unit) }, .count = 1 };
	bool bound = false;

	for (guint i = 0; i < offers->len; i++) {
		const struct offer *offer = &g_array_index(offers, struct offer, i);

		if (!has_record(offer->records, record) && !has_member(offer->records, record))
			continue;
		pt_constraint_flow(unit, param, &offer->object, OBJECT_BOUND, line);
		bound = true;
	}
	if (!bound)
		pt_constraint_flow(unit, param, &any, OBJECT_BOUND, line);
	return bound;
}

/* true when a function, or what is behind a pointer, takes an object that is offered */
static bool bind(struct unit *unit, CXCursor decl, const GArray *offers, unsigned int line)
{
	bool function = clang_getCursorKind(decl) == CXCursor_FunctionDecl, bound = false;
	CXType type = clang_getCanonicalType(clang_getCursorType(decl));
	int count;

	if (!function)
		type = clang_getCanonicalType(clang_getPointeeType(type));
	count = clang_getNumArgTypes(type);
	for (int i = 0; i < count; i++) {
		CXCursor record = type_record(clang_getArgType(type, i));

		if (clang_Cursor_isNull(record))
			continue;
		bound |= bind_param(unit, function ? place_of_param(unit, decl, i) :
				    place_behind_pointer(unit, decl, i), record, offers, line);
	}
	return bound;
}

/* The declarations that a value may name: f, &f, a ? f : g. */
static GArray *names_of(CXCursor value)
{
	GArray *names = g_array_new(FALSE, FALSE, sizeof(CXCursor));
	CXCursor inner;

	for (;;) {
		enum CXCursorKind kind = clang_getCursorKind(value);

		if (kind == CXCursor_ConditionalOperator) {
			g_autoptr(GArray) children = cursor_children(value);

			for (guint i = 1; i < children->len; i++) {
				g_autoptr(GArray)
					more = names_of(g_array_index(children, CXCursor, i));

				g_array_append_vals(names, more->data, more->len);
			}
			return names;
		}
		if (kind == CXCursor_DeclRefExpr || kind == CXCursor_MemberRefExpr)
			g_array_append_val(names, value);
		if ((kind != CXCursor_ParenExpr && kind != CXCursor_UnexposedExpr &&
		     kind != CXCursor_CStyleCastExpr && kind != CXCursor_UnaryOperator) ||
		    !cursor_last_child(value, &inner))
			return names;
		value = inner;
	}
}

/* A name goes to a place that holds functions, which has these objects beside it. */
static void hand(struct unit *unit, CXCursor name, int holder, const GArray *offers,
		 unsigned int line)
{
	CXCursor decl = clang_getCursorReferenced(name);
	bool function = clang_getCursorKind(decl) == CXCursor_FunctionDecl, bound;

	if (function ? !takes_records(decl) : !fnptr_of_call(decl))
		return;
	bound = offers->len && bind(unit, decl, offers, line);
	pt_prune_add(unit, holder, function ? place_of_function(unit, decl) :
		     place_of_decl(unit, decl), bound ? OBJECT_CALLBACK : OBJECT_HANDED, line);
	fnptr_callback_understood(unit, name);
}

static void hand_all(struct unit *unit, CXCursor value, int holder, const GArray *offers,
		     unsigned int line)
{
	g_autoptr(GArray) names = names_of(value);

	for (guint i = 0; i < names->len; i++)
		hand(unit, g_array_index(names, CXCursor, i), holder, offers, line);
}

struct fnptr_callback_list {
	struct unit *unit;
	const GArray *offers;
	unsigned int line;
};

static enum CXChildVisitResult hand_listed(CXCursor cursor, CXCursor parent, CXClientData data)
{
	const struct fnptr_callback_list *listing = data;
	CXCursor decl = clang_getCursorReferenced(cursor);

	(void)parent;
	if (clang_getCursorKind(cursor) != CXCursor_DeclRefExpr ||
	    clang_getCursorKind(decl) != CXCursor_FunctionDecl || !takes_records(decl))
		return CXChildVisit_Recurse;
	pt_prune_add(listing->unit, place_of_any(listing->unit),
		     place_of_function(listing->unit, decl),
		     bind(listing->unit, decl, listing->offers, listing->line) ?
		     OBJECT_CALLBACK : OBJECT_HANDED,
		     listing->line);
	return CXChildVisit_Recurse;
}

void fnptr_callback_table(struct unit *unit, CXCursor member, CXCursor value, unsigned int line)
{
	g_autoptr(GArray) names = names_of(value);
	g_autoptr(GArray) offers = offers_new();
	struct fnptr_callback_list listing = { unit, offers, line };
	CXCursor base;

	if (!cursor_child(member, 0, &base))
		return;
	offer_add(unit, offers, base, sources_of_base(unit, member));
	for (guint i = 0; i < names->len; i++) {
		CXCursor name = g_array_index(names, CXCursor, i);
		CXCursor table = clang_getCursorReferenced(name);

		if (!is_table(table))
			continue;
		clang_visitChildren(table, hand_listed, &listing);
		fnptr_callback_understood(unit, name);
	}
}

void fnptr_callback_store(struct unit *unit, CXCursor member, CXCursor value, unsigned int line)
{
	g_autoptr(GArray) offers = offers_new();
	CXCursor base;

	if (!cursor_child(member, 0, &base))
		return;
	offer_add(unit, offers, base, sources_of_base(unit, member));
	hand_all(unit, value, place_of_decl(unit, clang_getCursorReferenced(member)), offers, line);
}

void fnptr_callback_variable(struct unit *unit, CXCursor decl, CXCursor value, unsigned int line)
{
	g_autoptr(GArray) offers = offers_new();

	if (clang_getCursorLinkage(decl) == CXLinkage_NoLinkage)
		hand_all(unit, value, place_of_decl(unit, decl), offers, line);
}

void fnptr_callback_arguments(struct unit *unit, CXCursor call, CXCursor function,
			      unsigned int line)
{
	int count = clang_Cursor_getNumArguments(call);
	bool direct = clang_getCursorKind(function) == CXCursor_FunctionDecl;
	g_autoptr(GArray) offers = offers_new();

	for (int i = 0; i < count; i++) {
		CXCursor argument = clang_Cursor_getArgument(call, i);

		if (!clang_Cursor_isNull(type_record(clang_getCursorType(argument))))
			offer_add(unit, offers, argument, sources_of(unit, argument));
	}
	for (int i = 0; i < count; i++) {
		CXCursor argument = clang_Cursor_getArgument(call, i);

		if (type_is_function_pointer(clang_getCursorType(argument)))
			hand_all(unit, argument, direct ? place_of_param(unit, function, i) :
				 place_of_any(unit), offers, line);
	}
}
