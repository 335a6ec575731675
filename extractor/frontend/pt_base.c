// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "frontend/pt_constraints.h"
#include "model/path_class.h"

CXCursor type_record(CXType type)
{
	type = clang_getCanonicalType(type);
	if (type.kind == CXType_Pointer)
		type = clang_getCanonicalType(clang_getPointeeType(type));
	return type.kind == CXType_Record ? clang_getTypeDeclaration(type) : clang_getNullCursor();
}

static bool record_keeps_pages(struct unit *unit, CXCursor record);

struct field_search {
	struct unit *unit;
	bool found;
};

static enum CXVisitorResult look_at_field(CXCursor field, CXClientData data)
{
	struct field_search *search = data;
	CXType type = clang_getCanonicalType(clang_getCursorType(field));

	if (type.kind == CXType_ConstantArray)
		type = clang_getCanonicalType(clang_getArrayElementType(type));
	search->found = type_depth(search->unit, clang_getCursorType(field)) ||
			(type.kind == CXType_Record &&
			 record_keeps_pages(search->unit, clang_getTypeDeclaration(type)));
	return search->found ? CXVisit_Break : CXVisit_Continue;
}

static guint hash_cursor(gconstpointer cursor)
{
	return clang_hashCursor(*(const CXCursor *)cursor);
}

static gboolean equal_cursors(gconstpointer a, gconstpointer b)
{
	return clang_equalCursors(*(const CXCursor *)a, *(const CXCursor *)b);
}

static bool record_keeps_pages(struct unit *unit, CXCursor record)
{
	struct field_search search = { unit, false };
	void *known;

	if (!unit->keepers)
		unit->keepers = g_hash_table_new_full(hash_cursor, equal_cursors, g_free, NULL);
	if (g_hash_table_lookup_extended(unit->keepers, &record, NULL, &known))
		return GPOINTER_TO_INT(known);
	/* Against a struct that holds itself, which no compiler takes. */
	g_hash_table_insert(unit->keepers, g_memdup2(&record, sizeof(record)),
			    GINT_TO_POINTER(false));
	clang_Type_visitFields(clang_getCursorType(record), look_at_field, &search);
	g_hash_table_insert(unit->keepers, g_memdup2(&record, sizeof(record)),
			    GINT_TO_POINTER(search.found));
	return search.found;
}

static bool is_page(struct unit *unit, CXCursor record)
{
	g_autofree char *name = cursor_name(record);

	return record_details(unit, name) & (KNOWN(ONE) | KNOWN(MANY));
}

/* Structs of the whole kernel's have too many ways to be followed; see graph.h. */
static bool is_own(struct unit *unit, CXCursor record)
{
	g_autofree char *file = NULL;
	void *known;

	if (!unit->own_records)
		unit->own_records = g_hash_table_new_full(hash_cursor, equal_cursors, g_free, NULL);
	if (g_hash_table_lookup_extended(unit->own_records, &record, NULL, &known))
		return GPOINTER_TO_INT(known);
	file = declaring_file(unit, record);
	known = GINT_TO_POINTER(!path_is_header(unit->apis->knowledge, file) &&
				!is_page(unit, record));
	g_hash_table_insert(unit->own_records, g_memdup2(&record, sizeof(record)), known);
	return GPOINTER_TO_INT(known);
}

bool type_has_pages(struct unit *unit, CXType type)
{
	CXCursor record = type_record(type);

	return !clang_Cursor_isNull(record) && !is_page(unit, record) &&
	       record_keeps_pages(unit, record);
}

bool type_is_container(struct unit *unit, CXType type)
{
	CXCursor record = type_record(type);
	g_autofree char *name = clang_Cursor_isNull(record) ? NULL : cursor_name(record);

	return name && record_is_container(unit, name);
}

bool type_keeps_pages(struct unit *unit, CXType type)
{
	CXCursor record = type_record(type);

	return !clang_Cursor_isNull(record) && is_own(unit, record) &&
	       record_keeps_pages(unit, record);
}

int place_of_any(struct unit *unit)
{
	return facts_place(unit->facts, PLACE_OTHER, "any", "", "");
}

static void add(struct sources *sources, int number)
{
	if (number < 0)
		return;
	for (int i = 0; i < sources->count; i++)
		if (sources->number[i] == number)
			return;
	if (sources->count < SOURCES_MAX)
		sources->number[sources->count++] = number;
}

static void merge(struct unit *unit, struct sources *into, struct sources more)
{
	if (into->count + more.count > SOURCES_MAX) {
		into->count = 0;
		add(into, place_of_any(unit));
		return;
	}
	for (int i = 0; i < more.count; i++)
		add(into, more.number[i]);
}

static struct sources one(int number)
{
	struct sources sources = { .count = 0 };

	add(&sources, number);
	return sources;
}

/* Declared in the body of a macro: one variable for each use of it. */
static bool is_of_macro(CXCursor decl)
{
	CXSourceLocation location = clang_getCursorLocation(decl);
	unsigned int offset, written;
	CXFile file, body;

	clang_getFileLocation(location, &file, NULL, NULL, &offset);
	clang_getSpellingLocation(location, &body, NULL, NULL, &written);
	return offset != written || !clang_File_isEqual(file, body);
}

bool is_object_variable(struct unit *unit, CXCursor decl)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(decl));
	enum CXCursorKind kind = clang_getCursorKind(decl);

	if (kind != CXCursor_VarDecl && kind != CXCursor_ParmDecl)
		return false;
	if (type.kind == CXType_Pointer && type_keeps_pages(unit, type))
		return true;
	return type.kind == CXType_Pointer && (kind == CXCursor_ParmDecl || is_of_macro(decl)) &&
	       !type_depth(unit, type);
}

static struct sources sources_of_variable(struct unit *unit, CXCursor decl)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(decl));
	CXCursor init;

	if (clang_getCursorKind(decl) == CXCursor_ParmDecl)
		return one(place_of_decl(unit, decl));
	if (clang_getCursorKind(decl) != CXCursor_VarDecl)
		return one(place_of_any(unit));
	if (clang_getCursorLinkage(decl) != CXLinkage_NoLinkage)
		return one(place_of_any(unit));
	if (type_keeps_pages(unit, type) ||
	    type_keeps_pages(unit, clang_getArrayElementType(type)))
		return one(place_of_decl(unit, decl));
	if (!is_of_macro(decl))
		return one(place_of_any(unit));
	init = clang_Cursor_getVarDeclInitializer(decl);
	return clang_Cursor_isNull(init) ? one(place_of_decl(unit, decl)) : sources_of(unit, init);
}

struct sources sources_of_base(struct unit *unit, CXCursor member)
{
	CXCursor base;

	while (cursor_child(member, 0, &base)) {
		CXType type = clang_getCanonicalType(clang_getCursorType(base));
		enum CXCursorKind kind = clang_getCursorKind(base);

		if (type.kind == CXType_Pointer)
			return sources_of(unit, base);
		if (kind == CXCursor_ParenExpr || kind == CXCursor_UnexposedExpr ||
		    kind == CXCursor_MemberRefExpr || kind == CXCursor_ArraySubscriptExpr) {
			member = base;
			continue;
		}
		return sources_of(unit, base);
	}
	return one(place_of_any(unit));
}

/* An object that is made by a function which only makes things. */
static bool makes(struct unit *unit, const char *name)
{
	return knowledge_has(unit->apis->knowledge, KNOW_ALLOC, name);
}

int place_of_new(struct unit *unit, CXCursor at)
{
	unsigned int line, column;
	const char *path = tu_path(unit, clang_getCursorLocation(at), &line, &column);
	g_autofree char *name = g_strdup_printf("new@%s:%u:%u", path ? path : "", line, column);

	return facts_place(unit->facts, PLACE_OTHER, name, path ? path : "", "");
}

static struct sources sources_of_call(struct unit *unit, CXCursor call)
{
	CXCursor function = clang_getCursorReferenced(call);
	g_autofree char *name = cursor_name(function);
	struct sources none = { .count = 0 };

	if (clang_getCursorKind(function) != CXCursor_FunctionDecl)
		return one(place_of_any(unit));
	if (knowledge_details(unit->apis->knowledge, KNOW_ERROR, name) & KNOWN(MAKE))
		return none;
	if (type_keeps_pages(unit, clang_getCursorType(call)))
		return one(place_of_return(unit, function));
	return one(makes(unit, name) ? place_of_new(unit, call) : place_of_any(unit));
}

static struct sources sources_of_child(struct unit *unit, CXCursor expression, bool last)
{
	CXCursor child;

	if (last ? cursor_last_child(expression, &child) : cursor_child(expression, 0, &child))
		return sources_of(unit, child);
	return one(place_of_any(unit));
}

static struct sources sources_of_unary(struct unit *unit, CXCursor expression)
{
	enum CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(expression);
	CXCursor inner;

	if (!cursor_child(expression, 0, &inner))
		return one(place_of_any(unit));
	while (clang_getCursorKind(inner) == CXCursor_ParenExpr && cursor_child(inner, 0, &inner))
		;
	if (op == CXUnaryOperator_AddrOf)
		return clang_getCursorKind(inner) == CXCursor_MemberRefExpr ?
			sources_of_base(unit, inner) : sources_of(unit, inner);
	/* *p is the object; **p is unknown */
	if (op == CXUnaryOperator_Deref &&
	    clang_getCanonicalType(clang_getCursorType(expression)).kind == CXType_Record)
		return sources_of(unit, inner);
	if (op == CXUnaryOperator_PostInc || op == CXUnaryOperator_PreInc ||
	    op == CXUnaryOperator_PostDec || op == CXUnaryOperator_PreDec)
		return sources_of(unit, inner);
	return one(place_of_any(unit));
}

/* A pointer to an object in a member of another, or a struct inside of an object. */
static struct sources sources_of_member(struct unit *unit, CXCursor expression)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(expression));

	if (type.kind == CXType_Record || type.kind == CXType_ConstantArray)
		return sources_of_base(unit, expression);
	if (!type_keeps_pages(unit, type))
		return one(place_of_any(unit));
	return one(place_of_decl(unit, clang_getCursorReferenced(expression)));
}

static struct sources sources_of_element(struct unit *unit, CXCursor expression)
{
	CXCursor array;

	if (!cursor_child(expression, 0, &array))
		return one(place_of_any(unit));
	if (type_keeps_pages(unit, clang_getCursorType(array)))
		return sources_of(unit, array);
	while (clang_getCursorKind(array) == CXCursor_UnexposedExpr &&
	       cursor_child(array, 0, &array))
		;
	if (clang_getCanonicalType(clang_getCursorType(array)).kind == CXType_ConstantArray)
		return sources_of(unit, array);
	return one(place_of_any(unit));
}

static struct sources sources_of_binary(struct unit *unit, CXCursor expression)
{
	enum CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(expression);
	CXCursor left;

	if (op == CXBinaryOperator_Assign || op == CXBinaryOperator_Comma)
		return sources_of_child(unit, expression, true);
	if ((op == CXBinaryOperator_Add || op == CXBinaryOperator_Sub) &&
	    cursor_child(expression, 0, &left) &&
	    clang_getCanonicalType(clang_getCursorType(left)).kind == CXType_Pointer)
		return sources_of(unit, left);
	return one(place_of_any(unit));
}

static struct sources sources_of_conditional(struct unit *unit, CXCursor expression)
{
	g_autoptr(GArray) children = cursor_children(expression);
	struct sources sources = { .count = 0 };

	for (guint i = children->len > 2 ? 1 : 0; i < children->len; i++)
		merge(unit, &sources, sources_of(unit, g_array_index(children, CXCursor, i)));
	return sources;
}

struct sources sources_of(struct unit *unit, CXCursor expression)
{
	struct sources none = { .count = 0 };

	switch (clang_getCursorKind(expression)) {
	case CXCursor_UnexposedExpr:
	case CXCursor_ParenExpr:
	case CXCursor_CStyleCastExpr:
	case CXCursor_StmtExpr:
	case CXCursor_CompoundStmt:
		return sources_of_child(unit, expression, true);
	case CXCursor_IntegerLiteral:
		return none;
	case CXCursor_UnaryOperator:
		return sources_of_unary(unit, expression);
	case CXCursor_ArraySubscriptExpr:
		return sources_of_element(unit, expression);
	case CXCursor_DeclRefExpr:
		return sources_of_variable(unit, clang_getCursorReferenced(expression));
	case CXCursor_MemberRefExpr:
		return sources_of_member(unit, expression);
	case CXCursor_CallExpr:
		return sources_of_call(unit, expression);
	case CXCursor_ConditionalOperator:
		return sources_of_conditional(unit, expression);
	case CXCursor_BinaryOperator:
		return sources_of_binary(unit, expression);
	default:
		return one(place_of_any(unit));
	}
}
