// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/tidy/diff.h"
#include "ctext/token.h"
#include "convert/tidy/style.h"

static bool on_one_line(const struct source *source, int first, int last)
{
	return source_token(source, first)->line == source_token(source, last)->line;
}

/* A block "if (x) { call(); }" with nothing else in it, and no else around it. */
static bool block_is_needless(const struct source *source, int callee, int *open)
{
	int close = source_token(source, callee + 1)->match, keyword;

	*open = callee - 1;
	if (close < 0 || !token_is(source, *open, "{") || !token_is(source, close + 1, ";") ||
	    !token_is(source, close + 2, "}") || token_is(source, close + 3, "else") ||
	    !token_is(source, *open - 1, ")") || !on_one_line(source, callee, close + 1) ||
	    !on_one_line(source, *open - 1, *open))
		return false;
	keyword = source_token(source, *open - 1)->match - 1;
	if (!token_is(source, keyword, "if") || token_is(source, keyword - 1, "else"))
		return false;
	return source_token(source, callee)->line == source_token(source, *open)->line + 1 &&
	       source_token(source, close + 2)->line == source_token(source, callee)->line + 1;
}

/* Offset of the line behind the one with the block's closing brace. */
static guint block_end(const struct source *source, int open)
{
	guint line = source_token(source, source_token(source, open)->match)->line;

	return line < source->lines->len ? g_array_index(source->lines, guint, line)
					 : source->length;
}

static bool block_has_comment(const struct source *source, int open)
{
	for (guint i = 0; i < source->comments->len; i++) {
		guint at = g_array_index(source->comments, struct span, i).start;

		if (source_token(source, open)->start < at && at < block_end(source, open))
			return true;
	}
	return false;
}

/* The text is erased from the back, so that offsets before it stay true. */
static void block_open_up(GString *text, const struct source *source, int open)
{
	guint line = source_token(source, source_token(source, open)->match)->line;
	guint start = g_array_index(source->lines, guint, line - 1);

	g_string_erase(text, start, block_end(source, open) - start);
	start = source_token(source, open - 1)->end;
	g_string_erase(text, start, source_token(source, open)->end - start);
}

static bool line_is_shorter(const GArray *hunks, guint line)
{
	for (guint i = 0; i < hunks->len; i++) {
		const struct hunk *hunk = &g_array_index(hunks, struct hunk, i);

		if (hunk->new_start <= line && line < hunk->new_start + hunk->new_count)
			return hunk->old_count > hunk->new_count;
	}
	return false;
}

char *style_braces(const char *old_text, const char *new_text, const char *const *names)
{
	g_autoptr(lines_t) old = lines_new(old_text), new = lines_new(new_text);
	g_autoptr(GArray) hunks = diff_hunks(old, new, false);
	g_autoptr(source_t) source = source_new(new_text, strlen(new_text));
	GString *out = g_string_new(new_text);

	for (int i = source_count(source) - 2, open; i > 1; i--) {
		if (!token_is(source, i + 1, "(") || !token_is_any(source, i, names) ||
		    !block_is_needless(source, i, &open))
			continue;
		/* Only where a loop became one line: other braces were the author's choice. */
		if (line_is_shorter(hunks, source_token(source, i)->line - 1) &&
		    !block_has_comment(source, open))
			block_open_up(out, source, open);
	}
	return g_string_free(out, FALSE);
}
