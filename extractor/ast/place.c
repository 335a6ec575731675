// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "place.h"

char *cursor_name(CXCursor cursor)
{
	CXString spelling = clang_getCursorSpelling(cursor);
	char *name = g_strdup(clang_getCString(spelling));

	clang_disposeString(spelling);
	return name ? name : g_strdup("");
}

static char *type_name(CXType type)
{
	CXString spelling = clang_getTypeSpelling(type);
	char *name = g_strdup(clang_getCString(spelling));

	clang_disposeString(spelling);
	return name;
}

static enum CXChildVisitResult collect_child(CXCursor cursor, CXCursor parent, CXClientData data)
{
	(void)parent;
	g_array_append_val((GArray *)data, cursor);
	return CXChildVisit_Continue;
}

GArray *cursor_children(CXCursor cursor)
{
	GArray *children = g_array_new(FALSE, FALSE, sizeof(CXCursor));

	clang_visitChildren(cursor, collect_child, children);
	return children;
}

static bool child_at(CXCursor cursor, unsigned int index, CXCursor *child)
{
	g_autoptr(GArray) children = cursor_children(cursor);

	if (index >= children->len)
		return false;
	*child = g_array_index(children, CXCursor, index);
	return true;
}

static bool last_child(CXCursor cursor, CXCursor *child)
{
	g_autoptr(GArray) children = cursor_children(cursor);

	if (!children->len)
		return false;
	*child = g_array_index(children, CXCursor, children->len - 1);
	return true;
}

/* Structs that hold many pages, by their kernel-wide names. */
static bool is_container(const char *record)
{
	static const char *const containers[] = {
		"bio_vec", "scatterlist", "sg_table", "frame_vector", "skb_frag_struct", "skb_frag",
		"bio", "iov_iter", "page_frag", "pagevec", "folio_batch", NULL
	};

	return g_strv_contains(containers, record);
}

int type_depth(CXType type)
{
	g_autofree char *record = NULL;
	int pointers = 0;

	type = clang_getCanonicalType(type);
	for (;;) {
		if (type.kind == CXType_Pointer)
			type = clang_getPointeeType(type);
		else if (clang_getArrayElementType(type).kind != CXType_Invalid)
			type = clang_getArrayElementType(type);
		else
			break;
		type = clang_getCanonicalType(type);
		pointers++;
	}
	if (type.kind != CXType_Record)
		return 0;
	record = cursor_name(clang_getTypeDeclaration(type));
	if (!strcmp(record, "page") || !strcmp(record, "folio"))
		return MIN(pointers, 2);
	return is_container(record) ? 2 : 0;
}

static const char *location_scope(struct unit *unit, CXCursor cursor)
{
	const char *path = unit_path(unit, clang_getCursorLocation(cursor), NULL, NULL);

	return path ? path : "";
}

/* Relative path of the file of a declaration, wanted or not; caller frees. */
static char *declaring_file(struct unit *unit, CXCursor cursor)
{
	size_t skip = strlen(unit->tree->top);
	g_autofree char *full = NULL;
	CXString name;
	CXFile file;

	clang_getExpansionLocation(clang_getCursorLocation(cursor), &file, NULL, NULL, NULL);
	name = clang_getFileName(file);
	full = g_canonicalize_filename(clang_getCString(name) ? clang_getCString(name) : "", "/");
	clang_disposeString(name);
	if (!strncmp(full, unit->tree->top, skip) && full[skip] == '/')
		return g_strdup(full + skip + 1);
	return g_strdup("");
}

static bool is_record(CXCursor cursor)
{
	enum CXCursorKind kind = clang_getCursorKind(cursor);

	return kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl;
}

/* "struct.member"; an anonymous struct or union inside has the name of the one around it. */
static int place_of_field(struct unit *unit, CXCursor field)
{
	CXCursor record = clang_getCursorSemanticParent(field);
	g_autofree char *member = cursor_name(field);
	g_autofree char *scope = declaring_file(unit, field);
	g_autofree char *type = type_name(clang_getCursorType(field));
	g_autofree char *name = NULL, *tag = NULL;

	while (clang_Cursor_isAnonymous(record) && is_record(clang_getCursorSemanticParent(record)))
		record = clang_getCursorSemanticParent(record);
	tag = cursor_name(record);
	name = g_strdup_printf("%s.%s", strchr(tag, '(') ? "?" : tag, member);
	return facts_place(unit->facts, "field", name, scope, type);
}

static bool is_static(CXCursor cursor)
{
	return clang_getCursorLinkage(cursor) == CXLinkage_Internal;
}

/* What another file can name has scope ''. */
static char *linkage_scope(struct unit *unit, CXCursor cursor)
{
	return is_static(cursor) ? declaring_file(unit, cursor) : g_strdup("");
}

int place_of_param(struct unit *unit, CXCursor function, unsigned int index)
{
	g_autofree char *name = cursor_name(function);
	g_autofree char *label = g_strdup_printf("%s(#%u)", name, index);
	g_autofree char *scope = linkage_scope(unit, function);
	CXCursor param = clang_Cursor_getArgument(function, index);
	g_autofree char *type = clang_Cursor_isNull(param) ?
		g_strdup("") : type_name(clang_getCursorType(param));

	return facts_place(unit->facts, "param", label, scope, type);
}

int place_of_return(struct unit *unit, CXCursor function)
{
	g_autofree char *name = cursor_name(function);
	g_autofree char *label = g_strdup_printf("%s()", name);
	g_autofree char *scope = linkage_scope(unit, function);
	g_autofree char *type = type_name(clang_getCursorResultType(function));

	return facts_place(unit->facts, "return", label, scope, type);
}

static int param_index(CXCursor function, CXCursor param)
{
	int count = clang_Cursor_getNumArguments(function);

	for (int i = 0; i < count; i++)
		if (clang_equalCursors(clang_Cursor_getArgument(function, i), param))
			return i;
	return -1;
}

static int place_of_local(struct unit *unit, CXCursor decl)
{
	g_autofree char *name = cursor_name(decl);
	g_autofree char *label = g_strdup_printf("%s.%s", unit->function_name, name);
	g_autofree char *type = type_name(clang_getCursorType(decl));

	return facts_place(unit->facts, "local", label, location_scope(unit, decl), type);
}

static int place_of_global(struct unit *unit, CXCursor decl)
{
	g_autofree char *name = cursor_name(decl);
	g_autofree char *scope = linkage_scope(unit, decl);
	g_autofree char *type = type_name(clang_getCursorType(decl));

	return facts_place(unit->facts, "global", name, scope, type);
}

int place_of_decl(struct unit *unit, CXCursor decl)
{
	switch (clang_getCursorKind(decl)) {
	case CXCursor_ParmDecl: {
		int index = param_index(unit->function, decl);

		return index < 0 ? place_of_local(unit, decl) :
				   place_of_param(unit, unit->function, index);
	}
	case CXCursor_VarDecl:
		if (clang_getCursorLinkage(decl) == CXLinkage_NoLinkage)
			return place_of_local(unit, decl);
		return place_of_global(unit, decl);
	case CXCursor_FieldDecl:
		return place_of_field(unit, decl);
	default:
		return -1;
	}
}

int place_of_result(struct unit *unit, CXCursor call)
{
	CXCursor ref = call_callee_ref(call);
	unsigned int line, column;
	const char *path = unit_path(unit, clang_getCursorLocation(ref), &line, &column);
	g_autofree char *callee = cursor_name(ref);
	g_autofree char *name = g_strdup_printf("%s@%s:%u:%u", callee, path ? path : "", line, column);
	g_autofree char *type = type_name(clang_getCursorType(call));

	return facts_place(unit->facts, "result", name, path ? path : "", type);
}

CXCursor call_callee_ref(CXCursor call)
{
	CXCursor ref;

	if (!child_at(call, 0, &ref))
		return clang_getNullCursor();
	while (clang_getCursorKind(ref) == CXCursor_UnexposedExpr ||
	       clang_getCursorKind(ref) == CXCursor_ParenExpr)
		if (!child_at(ref, 0, &ref))
			return clang_getNullCursor();
	if (clang_getCursorKind(ref) == CXCursor_DeclRefExpr)
		return ref;
	return clang_getNullCursor();
}

/* Who names a function in --api means theirs. */
static bool is_own_api(struct unit *unit, CXCursor function)
{
	g_autofree char *name = cursor_name(function);
	const struct api *api = api_find(unit->apis, name);

	return api && api->own;
}

bool function_is_homonym(struct unit *unit, CXCursor function)
{
	g_autofree char *file = NULL;

	if (!is_static(function) || is_own_api(unit, function))
		return false;
	file = declaring_file(unit, clang_getCanonicalCursor(function));
	return !g_str_has_prefix(file, "include/") && !g_str_has_prefix(file, "mm/");
}

int call_pages_index(struct unit *unit, CXCursor function)
{
	int count = clang_Cursor_getNumArguments(function);

	for (int i = 0; i < count; i++) {
		g_autofree char *name = cursor_name(clang_Cursor_getArgument(function, i));

		if (!strcmp(api_param_role(unit->apis, name), "pages"))
			return i;
	}
	return -1;
}

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
	g_autofree char *name = cursor_name(decl);
	int pointers = 0;

	if (!strstr(name, "pfn"))
		return 0;
	for (type = clang_getCanonicalType(type); type.kind == CXType_Pointer; pointers++)
		type = clang_getCanonicalType(clang_getPointeeType(type));
	if (type.kind != CXType_ULong && type.kind != CXType_ULongLong && type.kind != CXType_Long)
		return 0;
	return MIN(pointers + 1, 2);
}

static struct places places_of_call(struct unit *unit, CXCursor call)
{
	CXCursor function = clang_getCursorReferenced(call);
	g_autofree char *name = cursor_name(function);
	const struct api *api = api_find(unit->apis, name);
	struct places places = { .depth = type_depth(clang_getCursorType(call)) };

	if (!places.depth)
		places.depth = pfn_depth(clang_getCursorType(call), function);
	if (clang_getCursorKind(function) != CXCursor_FunctionDecl)
		return places;
	if (api && function_is_homonym(unit, function))
		api = NULL;
	if (api_has_role(api, "carry") && clang_Cursor_getNumArguments(call) > 0) {
		struct places inner = places_of(unit, clang_Cursor_getArgument(call, 0));

		inner.depth = inner.depth ? 1 : places.depth;
		return inner;
	}
	if (!places.depth)
		return places;
	if (api_has_role(api, "acquire"))
		places_add(&places, unit->dry ? 0 : place_of_result(unit, call));
	else
		places_add(&places, unit->dry ? 0 : place_of_return(unit, function));
	return places;
}

static struct places places_of_conditional(struct unit *unit, CXCursor expression)
{
	g_autoptr(GArray) children = cursor_children(expression);
	struct places places = { 0 };

	/* condition, then, else; GNU's a ?: b has fewer children */
	for (guint i = children->len > 2 ? 1 : 0; i < children->len; i++) {
		struct places branch = places_of(unit, g_array_index(children, CXCursor, i));

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
	       last_child(expression, &inner))
		expression = inner;
	return expression;
}

/*
 * Where all of memory's struct pages begin: a variable of that name, or a
 * constant address. What is added to it is a pfn, and so stands for its page.
 */
static bool is_memory_map(CXCursor expression)
{
	static const char *const names[] = { "vmemmap", "vmemmap_base", "mem_map", NULL };
	CXCursor inner = inner_expression(expression);
	g_autofree char *name = NULL;

	if (type_depth(clang_getCursorType(expression)) != 1)
		return false;
	if (clang_getCursorKind(inner) == CXCursor_IntegerLiteral)
		return true;
	name = cursor_name(inner);
	return clang_getCursorKind(inner) == CXCursor_DeclRefExpr && g_strv_contains(names, name);
}

static struct places places_of_sum(struct unit *unit, CXCursor expression)
{
	struct places places = { 0 };
	CXCursor sides[2];

	if (!child_at(expression, 0, &sides[0]) || !child_at(expression, 1, &sides[1]))
		return places;
	for (int i = 0; i < 2; i++) {
		struct places inner;

		if (is_memory_map(sides[i]))
			continue;
		inner = places_of(unit, sides[i]);
		if (inner.depth || (inner.count && is_memory_map(sides[!i])))
			places_merge(&places, &inner);
	}
	/* Nothing known of the pfn: then the page is anybody's. */
	for (int i = 0; i < 2 && !places.count; i++)
		if (is_memory_map(sides[i]))
			places = places_of(unit, sides[i]);
	return places;
}

static struct places places_of_binary(struct unit *unit, CXCursor expression)
{
	enum CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(expression);
	struct places places = { 0 };
	CXCursor side;

	if (op == CXBinaryOperator_Assign) {
		if (child_at(expression, 0, &side))
			return places_of(unit, side);
		return places;
	}
	if (op == CXBinaryOperator_Comma) {
		if (child_at(expression, 1, &side))
			return places_of(unit, side);
		return places;
	}
	if (op == CXBinaryOperator_Shl || op == CXBinaryOperator_Shr || op == CXBinaryOperator_And)
		return child_at(expression, 0, &side) ? places_of(unit, side) : places;
	if (op == CXBinaryOperator_Add || op == CXBinaryOperator_Sub)
		return places_of_sum(unit, expression);
	return places;
}

static struct places places_of_child(struct unit *unit, CXCursor expression, bool last)
{
	struct places places = { 0 };
	CXCursor child;

	if (last ? last_child(expression, &child) : child_at(expression, 0, &child))
		places = places_of(unit, child);
	return places;
}

static struct places places_of_name(struct unit *unit, CXCursor expression)
{
	CXCursor decl = clang_getCursorReferenced(expression);
	struct places places = { .depth = type_depth(clang_getCursorType(expression)) };

	if (!places.depth)
		places.depth = pfn_depth(clang_getCursorType(expression), decl);

	places_add(&places, unit->dry ? 0 : place_of_decl(unit, decl));
	return places;
}

/*
 * A member of a container (bv_page, sgl) stands for the container itself, as
 * the same struct holds the pages of every driver. &folio->page is the folio.
 */
static struct places places_of_member(struct unit *unit, CXCursor expression)
{
	CXCursor field = clang_getCursorReferenced(expression);
	g_autofree char *record = cursor_name(clang_getCursorSemanticParent(field));
	g_autofree char *member = cursor_name(field);
	struct places places = { 0 };

	if ((is_container(record) && type_depth(clang_getCursorType(expression))) ||
	    (!strcmp(record, "folio") && !strcmp(member, "page")))
		places = places_of_child(unit, expression, false);
	return places.count ? places : places_of_name(unit, expression);
}

bool carries_pages(struct unit *unit, CXCursor expression)
{
	struct places places;

	unit->dry = true;
	places = places_of(unit, expression);
	unit->dry = false;
	return places.depth;
}

struct places places_of(struct unit *unit, CXCursor expression)
{
	struct places places = { 0 };
	int depth = type_depth(clang_getCursorType(expression));

	switch (clang_getCursorKind(expression)) {
	case CXCursor_UnexposedExpr:
	case CXCursor_ParenExpr:
	case CXCursor_CStyleCastExpr:
	case CXCursor_StmtExpr:
	case CXCursor_CompoundStmt:
	case CXCursor_CompoundLiteralExpr:	/* an argument of a transparent union, */
	case CXCursor_InitListExpr:		/* as release_pages() has one */
		places = places_of_child(unit, expression, true);
		break;
	case CXCursor_UnaryOperator:
		if (clang_getCursorUnaryOperatorKind(expression) == CXUnaryOperator_LNot)
			return places;
		places = places_of_child(unit, expression, false);
		/* &pfn, for a function to fill; &page says so by its type */
		if (clang_getCursorUnaryOperatorKind(expression) == CXUnaryOperator_AddrOf &&
		    places.depth == 1)
			places.depth = 2;
		break;
	case CXCursor_ArraySubscriptExpr:
		places = places_of_child(unit, expression, false);
		break;
	case CXCursor_DeclRefExpr:
		places = places_of_name(unit, expression);
		break;
	case CXCursor_MemberRefExpr:
		places = places_of_member(unit, expression);
		break;
	case CXCursor_CallExpr:
		places = places_of_call(unit, expression);
		break;
	case CXCursor_ConditionalOperator:
		places = places_of_conditional(unit, expression);
		break;
	case CXCursor_BinaryOperator:
		places = places_of_binary(unit, expression);
		break;
	default:
		break;
	}
	/* pages[i] is one page though pages is many; a cast to void * keeps what it held */
	if (depth)
		places.depth = depth;
	return places;
}
