// SPDX-License-Identifier: GPL-2.0-only
#include "frontend/location.h"
#include "frontend/parse_state.h"
#include "frontend/renamed_call.h"

/* Outside of macros both are one place. */
static bool is_expanded(CXSourceLocation location)
{
	unsigned int line, column, from_line, from_column;
	CXFile file, from;

	clang_getSpellingLocation(location, &from, &from_line, &from_column, NULL);
	clang_getExpansionLocation(location, &file, &line, &column, NULL);
	return line != from_line || column != from_column || !clang_File_isEqual(file, from);
}

static bool has_text_call(struct parse *parse, const char *path, unsigned int line,
			  unsigned int column)
{
	const struct source *source = parse_source(parse, path);

	for (guint i = 0; i < source->calls->len; i++) {
		const struct text_call *call = source->calls->pdata[i];

		if (call->line == line && call->column == column)
			return true;
	}
	return false;
}

void renamed_call_note(struct unit *unit, CXCursor call, CXCursor function)
{
	CXSourceLocation location = clang_getCursorLocation(call_callee_ref(call));
	unsigned int line, column;
	const char *path;

	if (!unit->parse || !tree_is_module(unit->parse->setup->tree) || !is_expanded(location))
		return;
	path = tu_path(unit, location, &line, &column);
	if (path && has_text_call(unit->parse, path, line, column))
		seen_call_at(unit, path, line, column, function)->homonym = true;
}
