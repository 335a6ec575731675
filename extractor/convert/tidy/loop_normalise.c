// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/tidy/loop_normalise.h"
#include "convert/tidy/style.h"
#include "base/ctype_word.h"

static const struct span *comment_at(const struct tokens *tokens, guint index)
{
	return &g_array_index(tokens->comments, struct span, index);
}

/* The first comment that starts at the offset or behind it. */
static guint comment_from(const struct tokens *tokens, guint offset)
{
	guint i = 0;

	while (i < tokens->comments->len && comment_at(tokens, i)->start < offset)
		i++;
	return i;
}

static bool has_comment(const struct tokens *tokens, guint from, guint to)
{
	guint first = comment_from(tokens, from);

	return first < tokens->comments->len && comment_at(tokens, first)->start < to;
}

static bool names_word(const struct tokens *tokens, const struct span *span, int word)
{
	g_autofree char *name = token_text(tokens, word);
	gsize length = strlen(name);

	for (guint at = span->start; at + length <= span->end; at++)
		if (!strncmp(tokens->text + at, name, length) &&
		    !text_word_char(tokens->text[at + length]) &&
		    !text_word_char(tokens->text[at - 1]))
			return true;
	return false;
}

static guint line_start(const struct tokens *tokens, guint offset)
{
	while (offset && tokens->text[offset - 1] != '\n')
		offset--;
	return offset;
}

/* Is the loop a statement of a block, and the first of its line? */
static bool stands_free(const struct tokens *tokens, int first)
{
	guint start = tokens_at(tokens, first)->start, line = line_start(tokens, start);

	return token_is_any(tokens, first - 1, (const char *const[]){ ";", "{", "}", ":", NULL }) &&
	       line + strspn(tokens->text + line, " \t") == start;
}

enum reason_code loop_normalise_objection(const struct tokens *tokens, int first, int last,
				     const int *words)
{
	guint from = tokens_at(tokens, first)->start;
	guint to = tokens_at(tokens, last)->end;

	if (tokens_directive(tokens, first, last))
		return REASON_LOOP_DIRECTIVE;
	if (has_comment(tokens, from, to) && !stands_free(tokens, first))
		return REASON_LOOP_COMMENT;
	for (guint i = comment_from(tokens, from);
	     i < tokens->comments->len && comment_at(tokens, i)->start < to; i++)
		for (const int *word = words; *word >= 0; word++)
			if (names_word(tokens, comment_at(tokens, i), *word))
				return REASON_COMMENT_OF_VARIABLE;
	return REASON_NONE;
}

static guint column_of(const struct tokens *tokens, guint offset)
{
	guint line = line_start(tokens, offset);

	return style_width(tokens->text + line, offset - line);
}

/* The comment as it reads when it starts at the column: its other lines move with it. */
static void append_comment(GString *out, const struct tokens *tokens, const struct span *span,
			   guint column)
{
	g_autofree char *text = g_strndup(tokens->text + span->start, span->end - span->start);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	guint was = column_of(tokens, span->start);

	g_string_append(out, lines[0]);
	for (char **line = lines + 1; *lines && *line; line++) {
		gsize blanks = strspn(*line, " \t");
		guint width = style_width(*line, blanks);

		g_string_append_c(out, '\n');
		style_indent(out, width + column > was ? width + column - was : 0);
		g_string_append(out, *line + blanks);
	}
}

/* The text without its comments, and with the mark for the callee if that is in it. */
static void append_code(GString *out, const struct tokens *tokens, guint from, guint to,
			int callee, const char *mark)
{
	const struct token *name = tokens_at(tokens, callee);

	for (guint i = comment_from(tokens, from); from < to; i++) {
		bool any = i < tokens->comments->len && comment_at(tokens, i)->start < to;
		guint end = any ? comment_at(tokens, i)->start : to;

		if (from <= name->start && name->end <= end) {
			g_string_append_len(out, tokens->text + from, name->start - from);
			g_string_append(out, mark);
			from = name->end;
		}
		g_string_append_len(out, tokens->text + from, end - from);
		from = any ? comment_at(tokens, i)->end : to;
	}
}

char *loop_normalise(const struct tokens *tokens, int first, int last, int callee,
		     const char *mark)
{
	guint from = tokens_at(tokens, first)->start, to = tokens_at(tokens, last)->end;
	bool is_do = token_is(tokens, first, "do");
	guint column = column_of(tokens, from);
	GString *out;

	if (!is_do && !has_comment(tokens, from, to))
		return NULL;
	out = g_string_new(NULL);
	for (guint i = comment_from(tokens, from);
	     i < tokens->comments->len && comment_at(tokens, i)->start < to; i++) {
		append_comment(out, tokens, comment_at(tokens, i), column);
		g_string_append_c(out, '\n');
		style_indent(out, column);
	}
	if (is_do) {
		int open = tokens_match(tokens, last - 1), keyword = open - 1;

		append_code(out, tokens, tokens_at(tokens, keyword)->start,
			    tokens_at(tokens, last)->start, callee, mark);
		from = tokens_at(tokens, first)->end;
		to = tokens_at(tokens, keyword)->start;
	}
	append_code(out, tokens, from, to, callee, mark);
	return g_strchomp(g_string_free(out, FALSE));
}
