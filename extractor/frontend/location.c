// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ctext/header_bodies.h"
#include "frontend/location.h"
#include "model/path_class.h"

/* The counter in a name of __UNIQUE_ID() depends on the headers before it; the line does not. */
static char *unique_name(CXCursor cursor, const char *name)
{
	size_t length = strlen(name);
	unsigned int line = 0;

	clang_getExpansionLocation(clang_getCursorLocation(cursor), NULL, &line, NULL, NULL);
	while (length && g_ascii_isdigit(name[length - 1]))
		length--;
	return g_strdup_printf("%.*s%u", (int)length, name, line);
}

char *cursor_name(CXCursor cursor)
{
	CXString spelling = clang_getCursorSpelling(cursor);
	const char *text = clang_getCString(spelling);
	char *name;

	if (text && g_str_has_prefix(text, "__UNIQUE_ID_"))
		name = unique_name(cursor, text);
	else if (text && g_str_has_prefix(text, BODY_MARK))
		name = g_strdup(text + strlen(BODY_MARK));
	else
		name = g_strdup(text ? text : "");
	clang_disposeString(spelling);
	return name;
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

bool cursor_child(CXCursor cursor, unsigned int index, CXCursor *child)
{
	g_autoptr(GArray) children = cursor_children(cursor);

	if (index >= children->len)
		return false;
	*child = g_array_index(children, CXCursor, index);
	return true;
}

bool cursor_last_child(CXCursor cursor, CXCursor *child)
{
	g_autoptr(GArray) children = cursor_children(cursor);

	if (!children->len)
		return false;
	*child = g_array_index(children, CXCursor, children->len - 1);
	return true;
}

unsigned int record_details(struct unit *unit, const char *record)
{
	return knowledge_details(unit->apis->knowledge, KNOW_CONTAINER, record);
}

bool record_is_container(struct unit *unit, const char *record)
{
	return record_details(unit, record) & KNOWN(MANY);
}

/* A typedef of a number that stands for a page: netmem_ref. */
static bool is_page_number(struct unit *unit, CXType type)
{
	CXString spelling;
	bool found;

	if (type.kind == CXType_Elaborated)
		type = clang_Type_getNamedType(type);
	if (type.kind != CXType_Typedef ||
	    clang_getCanonicalType(type).kind != CXType_ULong)
		return false;
	spelling = clang_getTypedefName(type);
	found = record_details(unit, clang_getCString(spelling)) & KNOWN(ONE);
	clang_disposeString(spelling);
	return found;
}

static int depth_of_type(struct unit *unit, CXType type)
{
	g_autofree char *record = NULL;
	unsigned int details;
	int pointers = 0;

	if (is_page_number(unit, type))
		return 1;
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
	details = record_details(unit, record);
	if (details & KNOWN(ONE))
		return MIN(pointers, 2);
	return details & KNOWN(MANY) ? 2 : 0;
}

/* Every expression on the way to a place is asked for, most of few types. */
int type_depth(struct unit *unit, CXType type)
{
	void *known;
	int depth;

	if (g_hash_table_lookup_extended(unit->depths, type.data[0], NULL, &known))
		return GPOINTER_TO_INT(known);
	depth = depth_of_type(unit, type);
	g_hash_table_insert(unit->depths, type.data[0], GINT_TO_POINTER(depth));
	return depth;
}

static const char *location_scope(struct unit *unit, CXCursor cursor)
{
	const char *path = tu_path(unit, clang_getCursorLocation(cursor), NULL, NULL);

	return path ? path : "";
}

char *path_of_file(CXFile file)
{
	CXString name = clang_getFileName(file);
	char *full = g_canonicalize_filename(clang_getCString(name) ? clang_getCString(name) : "",
					     "/");

	clang_disposeString(name);
	if (g_str_has_suffix(full, BODIES_SUFFIX))
		full[strlen(full) - strlen(BODIES_SUFFIX)] = 0;
	return full;
}

char *declaring_file(struct unit *unit, CXCursor cursor)
{
	g_autofree char *full = NULL;
	CXFile file;

	clang_getExpansionLocation(clang_getCursorLocation(cursor), &file, NULL, NULL, NULL);
	full = path_of_file(file);
	return tree_scope(unit->tree, unit->apis->knowledge, full);
}

/* The key of a location, before it has a number. */
struct label {
	enum place_kind kind;
	char *name;
	char *scope;
	char *type;
};

typedef struct label label_t;

static void label_clear(struct label *label)
{
	g_free(label->name);
	g_free(label->scope);
	g_free(label->type);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(label_t, label_clear)

static int label_place(struct unit *unit, const struct label *label)
{
	return facts_place(unit->facts, label->kind, label->name, label->scope, label->type);
}

/* "struct.member" */
static void label_field(struct unit *unit, CXCursor field, struct label *label)
{
	g_autofree char *member = cursor_name(field), *tag = record_of_field(field);

	label->kind = PLACE_FIELD;
	label->name = g_strdup_printf("%s.%s", strchr(tag, '(') ? "?" : tag, member);
	label->scope = declaring_file(unit, field);
	label->type = type_name(clang_getCursorType(field));
}

static bool is_static(CXCursor cursor)
{
	return clang_getCursorLinkage(cursor) == CXLinkage_Internal;
}

/* A location that other files can name has scope ''. */
static char *linkage_scope(struct unit *unit, CXCursor cursor)
{
	return is_static(cursor) ? declaring_file(unit, cursor) : g_strdup("");
}

static void label_param(struct unit *unit, CXCursor function, unsigned int index,
			struct label *label)
{
	g_autofree char *name = cursor_name(function);
	CXCursor param = clang_Cursor_getArgument(function, index);

	label->kind = PLACE_PARAM;
	label->name = g_strdup_printf("%s(#%u)", name, index);
	label->scope = linkage_scope(unit, function);
	label->type = clang_Cursor_isNull(param) ? g_strdup("")
						 : type_name(clang_getCursorType(param));
}

int place_of_param(struct unit *unit, CXCursor function, unsigned int index)
{
	g_auto(label_t) label = { 0 };

	label_param(unit, function, index, &label);
	return label_place(unit, &label);
}

int place_of_return(struct unit *unit, CXCursor function)
{
	g_autofree char *name = cursor_name(function);
	g_autofree char *label = g_strdup_printf("%s()", name);
	g_autofree char *scope = linkage_scope(unit, function);
	g_autofree char *type = type_name(clang_getCursorResultType(function));

	return facts_place(unit->facts, PLACE_RETURN, label, scope, type);
}

int place_of_macro(struct unit *unit, const char *name, CXType type)
{
	g_autofree char *label = g_strdup_printf("%s()", name);
	g_autofree char *spelling = type_name(type);

	return facts_place(unit->facts, PLACE_RETURN, label, "", spelling);
}

static int param_index(CXCursor function, CXCursor param)
{
	int count = clang_Cursor_getNumArguments(function);

	for (int i = 0; i < count; i++)
		if (clang_equalCursors(clang_Cursor_getArgument(function, i), param))
			return i;
	return -1;
}

/* The line of a macro's use where its body declares this, else 0. */
static unsigned int macro_line(CXCursor decl)
{
	CXSourceLocation location = clang_getCursorLocation(decl);
	unsigned int line, offset, written;
	CXFile file, body;

	clang_getFileLocation(location, &file, &line, NULL, &offset);
	clang_getSpellingLocation(location, &body, NULL, NULL, &written);
	return offset == written && clang_File_isEqual(file, body) ? 0 : line;
}

/* ({ typeof(x) _res = x; _res; }): another variable at each use of the macro */
static void label_local(struct unit *unit, CXCursor decl, struct label *label)
{
	g_autofree char *name = cursor_name(decl);
	const char *function = unit->function_name ? unit->function_name : "";
	unsigned int line = macro_line(decl);

	label->kind = PLACE_LOCAL;
	label->name = line ? g_strdup_printf("%s.%s:%u", function, name, line) :
			     g_strdup_printf("%s.%s", function, name);
	label->scope = g_strdup(location_scope(unit, decl));
	label->type = type_name(clang_getCursorType(decl));
}

static void label_global(struct unit *unit, CXCursor decl, struct label *label)
{
	label->kind = PLACE_GLOBAL;
	label->name = cursor_name(decl);
	label->scope = linkage_scope(unit, decl);
	label->type = type_name(clang_getCursorType(decl));
}

/* false for what is no place */
static bool label_decl(struct unit *unit, CXCursor decl, struct label *label)
{
	int index;

	switch (clang_getCursorKind(decl)) {
	case CXCursor_ParmDecl:
		index = unit->function_name ? param_index(unit->function, decl) : -1;
		if (index < 0)
			label_local(unit, decl, label);
		else
			label_param(unit, unit->function, index, label);
		return true;
	case CXCursor_VarDecl:
		if (clang_getCursorLinkage(decl) == CXLinkage_NoLinkage)
			label_local(unit, decl, label);
		else
			label_global(unit, decl, label);
		return true;
	case CXCursor_FieldDecl:
		label_field(unit, decl, label);
		return true;
	default:
		return false;
	}
}

int place_of_decl(struct unit *unit, CXCursor decl)
{
	g_auto(label_t) label = { 0 };

	return label_decl(unit, decl, &label) ? label_place(unit, &label) : -1;
}

int place_behind_pointer(struct unit *unit, CXCursor pointer, int index)
{
	g_auto(label_t) label = { 0 };
	g_autofree char *name = NULL;

	if (!label_decl(unit, pointer, &label))
		return -1;
	name = index < 0 ? g_strdup_printf("*%s()", label.name) :
			   g_strdup_printf("*%s(#%d)", label.name, index);
	return facts_place(unit->facts, index < 0 ? PLACE_RETURN : PLACE_PARAM, name, label.scope,
			   "");
}

int place_of_function(struct unit *unit, CXCursor function)
{
	g_autofree char *name = cursor_name(function);
	g_autofree char *label = g_strdup_printf("&%s", name);
	g_autofree char *scope = linkage_scope(unit, function);

	return facts_place(unit->facts, PLACE_OTHER, label, scope, "");
}

int place_of_result(struct unit *unit, CXCursor call)
{
	CXCursor ref = call_callee_ref(call);
	unsigned int line, column;
	const char *path = tu_path(unit, clang_getCursorLocation(ref), &line, &column);
	g_autofree char *callee = cursor_name(ref);
	g_autofree char *name = g_strdup_printf("%s@%s:%u:%u", callee, path ? path : "", line,
						column);
	g_autofree char *type = type_name(clang_getCursorType(call));

	return facts_place(unit->facts, PLACE_RESULT, name, path ? path : "", type);
}

CXCursor call_callee_ref(CXCursor call)
{
	CXCursor ref;

	if (!cursor_child(call, 0, &ref))
		return clang_getNullCursor();
	while (clang_getCursorKind(ref) == CXCursor_UnexposedExpr ||
	       clang_getCursorKind(ref) == CXCursor_ParenExpr)
		if (!cursor_child(ref, 0, &ref))
			return clang_getNullCursor();
	if (clang_getCursorKind(ref) == CXCursor_DeclRefExpr)
		return ref;
	return clang_getNullCursor();
}

/* A function that --api names is the user's own. */
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
	return !path_is_api(unit->apis->knowledge, file);
}

int call_role_index(struct unit *unit, CXCursor function, enum param_role role)
{
	int count = clang_Cursor_getNumArguments(function);

	for (int i = 0; i < count; i++) {
		g_autofree char *name = cursor_name(clang_Cursor_getArgument(function, i));

		if (api_param_role(unit->apis, name) == role)
			return i;
	}
	return -1;
}

static enum CXChildVisitResult find_param(CXCursor cursor, CXCursor parent, CXClientData data)
{
	bool *found = data;

	(void)parent;
	*found = clang_getCursorKind(cursor) == CXCursor_DeclRefExpr &&
		 clang_getCursorKind(clang_getCursorReferenced(cursor)) == CXCursor_ParmDecl;
	return *found ? CXChildVisit_Break : CXChildVisit_Recurse;
}

bool function_is_stub(CXCursor function)
{
	bool uses = false;

	clang_visitChildren(function, find_param, &uses);
	return clang_Cursor_getNumArguments(function) > 0 && !uses;
}
