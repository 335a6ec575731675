// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "frontend/value_flow.h"
#include "frontend/call_edge.h"
#include "frontend/pfn_taint.h"
#include "frontend/pt_constraints.h"
#include "frontend/pt_prune.h"
#include "frontend/cfg_builder.h"
#include "frontend/cfg_emit.h"
#include "frontend/location.h"
#include "frontend/fnptr.h"
#include "frontend/macro_call.h"
#include "frontend/macro_probe.h"
#include "frontend/parse_state.h"
#include "frontend/tu_walk.h"

static const char *file_path(struct unit *unit, CXFile file)
{
	const char *path = g_hash_table_lookup(unit->files, file);
	size_t skip = strlen(unit->tree->top);
	g_autofree char *full = NULL;
	void *wanted;

	if (path)
		return *path ? path : NULL;
	full = path_of_file(file);
	path = "";
	if (!strncmp(full, unit->tree->top, skip) && full[skip] == '/' &&
	    g_hash_table_lookup_extended(unit->wanted, full + skip + 1, &wanted, NULL))
		path = wanted;
	g_hash_table_insert(unit->files, file, (char *)path);
	return *path ? path : NULL;
}

/*
 * Code of a macro's body has the place where the macro is used, code of a macro's
 * argument the place where the argument is written.
 */
const char *tu_path(struct unit *unit, CXSourceLocation location, unsigned int *line,
		    unsigned int *column)
{
	CXFile file;

	clang_getFileLocation(location, &file, line, column, NULL);
	return file ? file_path(unit, file) : NULL;
}

static void note_prototype(struct unit *unit, const char *name, GPtrArray *names)
{
	g_autoptr(GString) list = g_string_new(NULL);

	for (guint i = 0; i < names->len; i++)
		g_string_append_printf(list, "%s%s", i ? "," : "", (char *)names->pdata[i]);
	facts_prototype(unit->facts, name, list->str);
}

/*
 * A call in a macro's body is noted twice: in the body, without a place, since
 * that is the text, and at each use of the macro, since pages differ there.
 */
static struct seen_call *note_call(struct unit *unit, CXCursor ref, CXCursor function)
{
	CXSourceLocation location = clang_getCursorLocation(ref);
	unsigned int line, column, body_line, body_column;
	const char *path = tu_path(unit, location, &line, &column);
	struct seen_call *call = NULL;
	const char *body;
	CXFile file;

	clang_getSpellingLocation(location, &file, &body_line, &body_column, NULL);
	body = file ? file_path(unit, file) : NULL;
	if (path)
		call = seen_call_at(unit, path, line, column, function);
	if (body == path && body_line == line && body_column == column)
		return call;
	if (call)
		call->expanded = true;
	if (call && body && !call->body)
		call->body = g_strdup_printf("%s:%u:%u", body, body_line, body_column);
	if (body)
		seen_call_at(unit, body, body_line, body_column, function)->bare = false;
	return call;
}

/*
 * Where there is no prototype (a module's call for another kernel), the first
 * argument from a number on that is an array of pages, or for a release a page; -1 for none.
 */
static int pages_by_type(struct unit *unit, GArray *arguments, guint from, const struct api *api)
{
	for (guint i = from; i < arguments->len; i++) {
		int depth = type_depth(unit,
				       clang_getCursorType(g_array_index(arguments, CXCursor, i)));

		if (depth == 2 || (depth && !api_has_role(api, ROLE_ACQUIRE)))
			return i;
	}
	return -1;
}

/* The first parameter that an acquire can fill, by its type: an array of pages, not an iterator. */
static int filled_index(struct unit *unit, CXCursor function)
{
	int count = clang_Cursor_getNumArguments(function);

	for (int i = 0; i < count; i++) {
		CXType type = clang_getCursorType(clang_Cursor_getArgument(function, i));
		g_autofree char *name = cursor_name(clang_Cursor_getArgument(function, i));

		if (type_depth(unit, type) == 2 && api_param_role(unit->apis, name) != PARAM_ITER)
			return i;
	}
	return -1;
}

/* The place of the pages that an API call gives, takes or looks at. */
static int call_place(struct unit *unit, CXCursor call, CXCursor function, const struct api *api)
{
	int count = clang_Cursor_getNumArguments(call);
	bool iterator = api->detail == DETAIL_USER_ITER || api->detail == DETAIL_KERNEL_ITER ||
			api->detail == DETAIL_USER_TEST;
	int index = call_role_index(unit, function, iterator ? PARAM_ITER : PARAM_PAGES);
	struct places places;

	if (index < 0 && count && !clang_Cursor_getNumArguments(function)) {
		g_autoptr(GArray) children = cursor_children(call);

		index = pages_by_type(unit, children, 1, api) - 1;
	}
	if (api_has_role(api, ROLE_ACQUIRE) && index < 0 &&
	    !type_depth(unit, clang_getCursorType(call)))
		index = filled_index(unit, function);
	if (api_has_role(api, ROLE_ACQUIRE) && index < 0)
		return type_depth(unit, clang_getCursorType(call)) ? place_of_result(unit, call)
								   : -1;
	if (index < 0)
		index = 0;
	if (index >= count)
		return -1;
	places = places_of(unit, clang_Cursor_getArgument(call, index));
	for (int i = 1; i < places.count; i++)
		facts_flow(unit->facts, places.number[i], places.number[0], FLOW_ALIAS,
			   cursor_line(call));
	return places.count ? places.number[0] : -1;
}

static void walk_api_call(struct unit *unit, CXCursor call, CXCursor function,
			  const struct api *api)
{
	struct seen_call *seen = note_call(unit, call_callee_ref(call), function);

	if (api->detail == DETAIL_SCATTER || api->detail == DETAIL_DIRECT_IO)
		flow_scatter(unit, call);
	else if (api->detail == DETAIL_KERNEL_ITER)
		flow_iterated(unit, call, function);
	if (!seen || !seen->bare)
		return;
	seen->bare = false;
	seen->place = call_place(unit, call, function, api);
	seen->flags_are_bool = seen_call_has_bool_flags(unit, call, seen);
	if (api_has_role(api, ROLE_ACQUIRE))
		flow_iterator(unit, call, function, seen->place);
	if (api_is_site(api))
		note_prototype(unit, api->name, seen->param_names);
}

/* ops->put(object, pages) */
static void walk_pass_pointer(struct unit *unit, CXCursor call, CXCursor pointer)
{
	int count = clang_Cursor_getNumArguments(call);

	for (int i = 0; i < count; i++) {
		CXCursor argument = clang_Cursor_getArgument(call, i);
		struct places src, dst;

		if (!carries_pages(unit, argument))
			continue;
		src = places_of(unit, argument);
		dst = flow_place(place_behind_pointer(unit, pointer, i), src.depth);
		flow_between(unit, &dst, &src, FLOW_PASS, cursor_line(call));
	}
}

static void walk_number(struct unit *unit, CXCursor function, CXCursor argument, unsigned int index,
			unsigned int line)
{
	CXCursor parameter = clang_Cursor_getArgument(function, index);
	struct places src, dst;

	if (!pfn_taint_passes(unit, argument, parameter))
		return;
	src = places_of(unit, argument);
	src.depth = clang_getCanonicalType(clang_getCursorType(argument)).kind == CXType_Pointer
			    ? 2
			    : 1;
	dst = flow_place(place_of_param(unit, function, index), src.depth);
	flow_between(unit, &dst, &src, FLOW_PASS, line);
}

static void walk_pass(struct unit *unit, CXCursor call, CXCursor function)
{
	int count = clang_Cursor_getNumArguments(call);

	for (int i = 0; i < count; i++) {
		CXCursor argument = clang_Cursor_getArgument(call, i);
		struct places src, dst;

		if (!carries_pages(unit, argument)) {
			walk_number(unit, function, argument, i, cursor_line(call));
			continue;
		}
		src = places_of(unit, argument);
		if (!src.depth || !src.count)
			continue;
		dst = flow_place(place_of_param(unit, function, i), src.depth);
		flow_between(unit, &dst, &src, FLOW_PASS, cursor_line(call));
	}
}

/*
 * Pages are mapped for the CPU or a device, or put into a list for one; an iterator is asked for
 * its memory; or a reference of a page is taken.
 */
static bool uses_data(const struct unit *unit, const struct api *api, const char *name)
{
	return knowledge_has(unit->apis->knowledge, KNOW_REF, name) ||
	       (api_has_role(api, ROLE_USE) &&
		(api->detail == DETAIL_CPU || api->detail == DETAIL_DMA ||
		 api->detail == DETAIL_SCATTER || api->detail == DETAIL_USER_TEST));
}

/* A function that is none of the family, and may take or drop pages for its caller. */
static bool may_wrap(struct unit *unit, CXCursor call, CXCursor function, const char *name)
{
	GHashTable *services = unit->parse ? unit->parse->job->services : NULL;

	return (services && g_hash_table_contains(services, name)) ||
	       call_edge_takes_array(unit, call, function);
}

static void walk_call(struct unit *unit, CXCursor call)
{
	CXCursor function = clang_getCursorReferenced(call);
	const struct api *api;

	if (fnptr_of_call(function))
		walk_pass_pointer(unit, call, function);
	pt_constraint_call(unit, call, function);
	if (clang_getCursorKind(function) != CXCursor_FunctionDecl)
		return;
	g_autofree char *name = cursor_name(function);

	fnptr_arguments(unit, call, function, cursor_line(call));
	api = api_find(unit->apis, name);
	cfg_emit_call(unit->paths, name, api_is_site(api) || api_has_role(api, ROLE_DIRTY) ||
				      knowledge_has(unit->apis->knowledge, KNOW_HANDLER, name) ||
				      (!api && may_wrap(unit, call, function, name)),
		      uses_data(unit, api, name));
	if (api)
		walk_api_call(unit, call, function, api);
	else
		call_edge_note(unit, call, function, name, cursor_line(call));
	if (!api || function_is_homonym(unit, function) || api->role == ROLE_SOURCE)
		walk_pass(unit, call, function);
}

/* The pages of a call with a wrong number of arguments: its parts are all that recovery leaves. */
static int recovered_place(struct unit *unit, CXCursor expression, const struct api *api)
{
	g_autoptr(GArray) parts = cursor_children(expression);
	int index = clang_getCursorKind(expression) == CXCursor_UnexposedExpr ?
		pages_by_type(unit, parts, 1, api) : -1;
	struct places places;

	if (index < 0)
		return -1;
	places = places_of(unit, g_array_index(parts, CXCursor, index));
	return places.count ? places.number[0] : -1;
}

/* A name that recovery left without its call. */
static void walk_reference(struct unit *unit, CXCursor ref, CXCursor parent)
{
	CXCursor function = clang_getCursorReferenced(ref);
	g_autofree char *name = NULL;
	struct seen_call *seen = NULL;
	const struct api *api;

	fnptr_callback_reference(unit, ref, clang_getNullCursor());
	if (clang_getCursorKind(function) != CXCursor_FunctionDecl)
		return;
	name = cursor_name(function);
	api = api_find(unit->apis, name);
	if (api)
		seen = note_call(unit, ref, function);
	if (!seen || !seen->bare)
		return;
	if (api_is_site(api))
		cfg_emit_broken(unit->paths);
	if (seen->place < 0)
		seen->place = recovered_place(unit, parent, api);
}

static enum CXChildVisitResult walk_body(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct unit *unit = data;

	if (unit->macros && clang_isExpression(clang_getCursorKind(cursor)))
		macro_calls_visit(unit, cursor);
	switch (clang_getCursorKind(cursor)) {
	case CXCursor_BinaryOperator:
		flow_assign(unit, cursor);
		pt_constraint_assign(unit, cursor);
		break;
	case CXCursor_VarDecl:
		flow_variable(unit, cursor);
		pt_constraint_variable(unit, cursor);
		break;
	case CXCursor_InitListExpr:
		flow_init_list(unit, cursor);
		break;
	case CXCursor_ReturnStmt:
		flow_return(unit, cursor);
		pt_constraint_return(unit, cursor);
		break;
	case CXCursor_CallExpr:
		walk_call(unit, cursor);
		break;
	case CXCursor_UnaryOperator:
		pt_constraint_address(unit, cursor);
		break;
	case CXCursor_DeclRefExpr:
		walk_reference(unit, cursor, parent);
		break;
	default:
		break;
	}
	return CXChildVisit_Recurse;
}

static void walk_function(struct unit *unit, CXCursor function, const char *path)
{
	CXSourceRange extent = clang_getCursorExtent(function);
	g_autofree char *name = cursor_name(function);
	g_autofree char *objects = call_edge_objects(function);
	unsigned int line, end;
	char cells[2][16];

	line = cursor_line(function);
	clang_getExpansionLocation(clang_getRangeEnd(extent), NULL, &end, NULL, NULL);
	g_snprintf(cells[0], sizeof(cells[0]), "%u", line);
	g_snprintf(cells[1], sizeof(cells[1]), "%u", end);
	unit->function = function;
	unit->function_name = name;
	facts_file(unit->facts, path);
	if (strcmp(name, PROBE_FUNCTION))
		facts_line(unit->facts, "F", name, cells[0], cells[1],
			   clang_getCursorLinkage(function) == CXLinkage_Internal ? "1" : "0",
			   objects ? objects : "", NULL);
	cfg_emit_function(unit->paths, function, path);
	pt_prune_body(unit, name,
		      clang_getCursorLinkage(function) == CXLinkage_Internal ? path : "");
	unit->macros = macro_calls_of(unit, path, line, end);
	clang_visitChildren(function, walk_body, unit);
	macro_calls_end(unit, g_steal_pointer(&unit->macros));
	unit->function_name = NULL;
}

/* Declarations of the tree, called or not: for decisions. */
static void walk_declaration(struct unit *unit, CXCursor function)
{
	g_autofree char *name = cursor_name(function);
	const struct api *api = api_find(unit->apis, name);
	g_autoptr(GPtrArray) names = NULL;

	if (!api_is_site(api) || function_is_homonym(unit, function))
		return;
	names = param_names(function);
	note_prototype(unit, name, names);
}

/* const struct foo_ops ops = { .put = put, ... }; outside of functions */
static enum CXChildVisitResult walk_table(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct unit *unit = data;

	(void)parent;
	if (clang_getCursorKind(cursor) == CXCursor_InitListExpr)
		flow_init_list(unit, cursor);
	else if (clang_getCursorKind(cursor) == CXCursor_DeclRefExpr)
		fnptr_callback_reference(unit, cursor, unit->table);
	return CXChildVisit_Recurse;
}

static enum CXChildVisitResult walk_top(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct unit *unit = data;
	const char *path;
	CXFile file;

	(void)parent;
	if (clang_getCursorKind(cursor) != CXCursor_FunctionDecl &&
	    clang_getCursorKind(cursor) != CXCursor_VarDecl)
		return CXChildVisit_Continue;
	clang_getExpansionLocation(clang_getCursorLocation(cursor), &file, NULL, NULL, NULL);
	path = file ? file_path(unit, file) : NULL;
	/* Declarations of other files are recorded with these: a PCH hides them here. */
	if (!path)
		return CXChildVisit_Continue;
	if (clang_getCursorKind(cursor) == CXCursor_VarDecl) {
		facts_file(unit->facts, path);
		unit->table = cursor;
		clang_visitChildren(cursor, walk_table, unit);
		return CXChildVisit_Continue;
	}
	walk_declaration(unit, cursor);
	if (clang_isCursorDefinition(cursor) &&
	    !(unit->parse && unit->parse->job->bodies && function_is_stub(cursor)))
		walk_function(unit, cursor, path);
	return CXChildVisit_Continue;
}

void tu_walk(struct unit *unit)
{
	unit->depths = g_hash_table_new(NULL, NULL);
	unit->paths = cfg_emit_new();
	unit->objects = pt_prune_new();
	clang_visitChildren(clang_getTranslationUnitCursor(unit->tu), walk_top, unit);
	pt_prune_emit(unit);
	g_clear_pointer(&unit->numbers, g_hash_table_destroy);
	g_clear_pointer(&unit->keepers, g_hash_table_destroy);
	g_clear_pointer(&unit->own_records, g_hash_table_destroy);
	g_clear_pointer(&unit->understood, g_hash_table_destroy);
	cfg_emit_emit(unit->paths, unit);
	g_clear_pointer(&unit->depths, g_hash_table_destroy);
	unit->paths = NULL;
}
