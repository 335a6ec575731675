// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/tidy/diff.h"
#include "ctext/tokens.h"
#include "convert/tidy/style.h"

static bool on_one_line(const struct tokens *tokens, int first, int last)
{
	return tokens_at(tokens, first)->line == tokens_at(tokens, last)->line;
}

/* A block "if (x) { call(); }" with nothing else in it, and no else around it. */
static bool block_is_needless(const struct tokens *tokens, int callee, int *open)
{
	int close = tokens_match(tokens, callee + 1), keyword;

	*open = callee - 1;
	if (close < 0 || !token_is(tokens, *open, "{") || !token_is(tokens, close + 1, ";") ||
	    !token_is(tokens, close + 2, "}") || token_is(tokens, close + 3, "else") ||
	    !token_is(tokens, *open - 1, ")") || !on_one_line(tokens, callee, close + 1) ||
	    !on_one_line(tokens, *open - 1, *open))
		return false;
	keyword = tokens_match(tokens, *open - 1) - 1;
	if (!token_is(tokens, keyword, "if") || token_is(tokens, keyword - 1, "else"))
		return false;
	return tokens_at(tokens, callee)->line == tokens_at(tokens, *open)->line + 1 &&
	       tokens_at(tokens, close + 2)->line == tokens_at(tokens, callee)->line + 1;
}

/* Offset of the line behind the one with the block's closing brace. */
static guint block_end(const struct tokens *tokens, int open)
{
	guint line = tokens_at(tokens, tokens_match(tokens, open))->line;

	return line < tokens->lines->len ? g_array_index(tokens->lines, guint, line)
					 : tokens->length;
}

static bool block_has_comment(const struct tokens *tokens, int open)
{
	for (guint i = 0; i < tokens->comments->len; i++) {
		guint at = g_array_index(tokens->comments, struct span, i).start;

		if (tokens_at(tokens, open)->start < at && at < block_end(tokens, open))
			return true;
	}
	return false;
}

/* The text is erased from the back, so that offsets before it stay true. */
static void block_open_up(GString *text, const struct tokens *tokens, int open)
{
	guint line = tokens_at(tokens, tokens_match(tokens, open))->line;
	guint start = g_array_index(tokens->lines, guint, line - 1);

	g_string_erase(text, start, block_end(tokens, open) - start);
	start = tokens_at(tokens, open - 1)->end;
	g_string_erase(text, start, tokens_at(tokens, open)->end - start);
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
	g_autoptr(tokens_t) tokens = tokens_new(new_text, strlen(new_text));
	GString *out = g_string_new(new_text);

	for (int i = tokens_count(tokens) - 2, open; i > 1; i--) {
		if (!token_is(tokens, i + 1, "(") || !token_is_any(tokens, i, names) ||
		    !block_is_needless(tokens, i, &open))
			continue;
		/* Only where a loop became one line: other braces were the author's choice. */
		if (line_is_shorter(hunks, tokens_at(tokens, i)->line - 1) &&
		    !block_has_comment(tokens, open))
			block_open_up(out, tokens, open);
	}
	return g_string_free(out, FALSE);
}
