// SPDX-License-Identifier: GPL-2.0-only
#include "frontend/location.h"
#include "frontend/macro_call.h"
#include "frontend/parse_state.h"
#include "frontend/value_flow.h"

/* A line and a column as one number, in the order of the text. */
typedef guint64 position;

static position position_of(unsigned int line, unsigned int column)
{
	return (position)line << 32 | column;
}

/**
 * struct macro_call - a use of a macro, or a call of a function: the AST decides
 * @arguments: struct text_span of each
 * @last: of the closing parenthesis
 * @place: of its pages as far as walked, or -1; @depth as in struct places
 * @seen: an expression of the AST comes from one of its arguments
 */
struct macro_call {
	const struct text_call *text;
	const struct api *api;
	GArray *arguments;
	position first, last;
	int place, depth;
	bool seen;
};

/**
 * struct macro_calls - those of the function that is walked
 * @calls: struct macro_call, by position
 */
struct macro_calls {
	const char *path;
	GArray *calls;
};

static void macro_call_clear(void *data)
{
	g_array_free(((struct macro_call *)data)->arguments, TRUE);
}

static void macro_calls_add(struct macro_calls *macros, const struct source *source,
			    const struct text_call *text, const struct api *api)
{
	struct macro_call call = { .text = text, .api = api, .place = -1 };
	struct text_span close;

	call.arguments = call_scanner_spans(source->text, source->size, text, &close);
	if (!call.arguments)
		return;
	call.first = position_of(text->line, text->column);
	call.last = position_of(close.line, close.column);
	g_array_append_val(macros->calls, call);
}

/* Acquires and releases are seen by what their macros call (tu_walk.c). */
static bool may_be_macro(const struct text_call *text, const struct api *api)
{
	return !text->dead && !*text->macro &&
	       (api->role == ROLE_CARRY || api->role == ROLE_SOURCE || api->role == ROLE_USE ||
		api->role == ROLE_DIRTY);
}

struct macro_calls *macro_calls_of(struct unit *unit, const char *path, unsigned int line,
				   unsigned int end)
{
	const struct source *source = unit->parse ? parse_source(unit->parse, path) : NULL;
	struct macro_calls *macros = NULL;

	for (guint i = 0; source && i < source->calls->len; i++) {
		const struct text_call *text = source->calls->pdata[i];
		const struct api *api = api_find(unit->apis, text->name);

		if (text->line < line || text->line > end || !may_be_macro(text, api))
			continue;
		if (!macros) {
			macros = g_new0(struct macro_calls, 1);
			macros->path = path;
			macros->calls = g_array_new(FALSE, FALSE, sizeof(struct macro_call));
			g_array_set_clear_func(macros->calls, macro_call_clear);
		}
		macro_calls_add(macros, source, text, api);
	}
	return macros;
}

/* Where the text has it, an argument of a macro where it is written; 0 in another file. */
static position text_position(struct unit *unit, CXSourceLocation location)
{
	unsigned int line, column;
	const char *path = tu_path(unit, location, &line, &column);

	return path && path == unit->macros->path ? position_of(line, column) : 0;
}

/* Whether a macro is behind the location. */
static bool is_expanded(CXSourceLocation location)
{
	unsigned int used, written;
	CXFile file, body;

	clang_getExpansionLocation(location, &file, NULL, NULL, &used);
	clang_getSpellingLocation(location, &body, NULL, NULL, &written);
	return used != written || !clang_File_isEqual(file, body);
}

static CXSourceLocation start_of(CXCursor cursor)
{
	return clang_getRangeStart(clang_getCursorExtent(cursor));
}

static bool span_has(const struct text_span *span, position at)
{
	return at >= position_of(span->line, span->column) &&
	       at <= position_of(span->end_line, span->end_column);
}

/* It begins in the argument, and is no member of it that the macro's body takes. */
static bool is_in_argument(struct unit *unit, CXCursor expression, position start,
			   const struct text_span *span)
{
	return span_has(span, start) &&
	       span_has(span, text_position(unit, clang_getCursorLocation(expression)));
}

/* The pages are those of the first argument that has some, else what the first one is. */
static void note_argument(struct unit *unit, struct macro_call *call, guint index,
			  CXCursor expression)
{
	struct places places;

	call->seen = true;
	if (call->depth || (index && !carries_pages(unit, expression)))
		return;
	places = places_of(unit, expression);
	if (!places.count || (call->place >= 0 && !places.depth))
		return;
	for (int i = 1; i < places.count; i++)
		facts_flow(unit->facts, places.number[i], places.number[0], FLOW_ALIAS,
			   cursor_line(expression));
	call->place = places.number[0];
	call->depth = places.depth;
}

void macro_calls_visit(struct unit *unit, CXCursor expression)
{
	CXSourceLocation location = start_of(expression);
	position start;

	if (!is_expanded(location))
		return;
	start = text_position(unit, location);
	for (guint i = 0; start && i < unit->macros->calls->len; i++) {
		struct macro_call *call = &g_array_index(unit->macros->calls, struct macro_call, i);

		if (start < call->first || start > call->last)
			continue;
		for (guint j = 0; j < call->arguments->len; j++)
			if (is_in_argument(unit, expression, start,
					   &g_array_index(call->arguments, struct text_span, j)))
				note_argument(unit, call, j, expression);
	}
}

static void macro_call_end(struct unit *unit, const struct macro_calls *macros,
			   const struct macro_call *call)
{
	g_autofree char *where = g_strdup_printf("%s:%u:%u", macros->path, call->text->line,
						 call->text->column);
	g_autofree char *key = call_key(macros->path, call->text);

	if (call->seen && !g_hash_table_contains(unit->positions, where) &&
	    !g_hash_table_contains(unit->calls, key))
		seen_call_add(unit, g_steal_pointer(&key), call->text->name)->place = call->place;
}

void macro_calls_end(struct unit *unit, struct macro_calls *macros)
{
	if (!macros)
		return;
	for (guint i = 0; i < macros->calls->len; i++)
		macro_call_end(unit, macros, &g_array_index(macros->calls, struct macro_call, i));
	g_array_free(macros->calls, TRUE);
	g_free(macros);
}

/* The last thing that stands in the expression is still the macro's: "macro(x) + 1" is more. */
static bool ends_within(struct unit *unit, CXCursor expression, const struct macro_call *call)
{
	CXCursor last = expression;
	position at;

	while (cursor_last_child(last, &last))
		;
	at = text_position(unit, clang_getCursorLocation(last));
	return at >= call->first && at <= call->last;
}

static const struct macro_call *macro_call_at(struct unit *unit, CXCursor expression)
{
	CXSourceLocation location = start_of(expression);
	position start;

	if (!is_expanded(location))
		return NULL;
	start = text_position(unit, location);
	for (guint i = 0; start && i < unit->macros->calls->len; i++) {
		const struct macro_call *call =
			&g_array_index(unit->macros->calls, struct macro_call, i);

		if (call->first == start &&
		    (call->api->role == ROLE_CARRY || call->api->role == ROLE_SOURCE))
			return ends_within(unit, expression, call) ? call : NULL;
	}
	return NULL;
}

/**
 * struct argument_search - for the first argument in the expansion of a use
 */
struct argument_search {
	struct unit *unit;
	const struct macro_call *call;
	struct macro_result *result;
};

static enum CXChildVisitResult search_expansion(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct argument_search *search = data;
	const struct macro_call *call = search->call;
	position start = text_position(search->unit, start_of(cursor));

	(void)parent;
	if (clang_getCursorKind(cursor) == CXCursor_CallExpr && start == call->first) {
		g_autofree char *name = cursor_name(clang_getCursorReferenced(cursor));

		search->result->calls_api |= api_find(search->unit->apis, name) != NULL;
	}
	if (!search->result->has_argument && call->arguments->len && start &&
	    clang_isExpression(clang_getCursorKind(cursor)) &&
	    is_in_argument(search->unit, cursor, start,
			   &g_array_index(call->arguments, struct text_span, 0))) {
		search->result->has_argument = true;
		search->result->argument = cursor;
	}
	return CXChildVisit_Recurse;
}

bool macro_result_of(struct unit *unit, CXCursor expression, struct macro_result *result)
{
	const struct macro_call *call = unit->macros ? macro_call_at(unit, expression) : NULL;
	struct argument_search search = { unit, call, result };

	if (!call)
		return false;
	*result = (struct macro_result){ .name = call->text->name, .api = call->api };
	search_expansion(expression, expression, &search);
	clang_visitChildren(expression, search_expansion, &search);
	return true;
}
