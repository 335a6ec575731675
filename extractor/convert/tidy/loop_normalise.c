// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/tidy/loop_normalise.h"
#include "convert/tidy/style.h"
#include "base/ctype_word.h"

static const struct span *comment_at(const struct source *source, guint index)
{
	return &g_array_index(source->comments, struct span, index);
}

/* The first comment that starts at the offset or behind it. */
static guint comment_from(const struct source *source, guint offset)
{
	guint i = 0;

	while (i < source->comments->len && comment_at(source, i)->start < offset)
		i++;
	return i;
}

static bool has_comment(const struct source *source, guint from, guint to)
{
	guint first = comment_from(source, from);

	return first < source->comments->len && comment_at(source, first)->start < to;
}

static bool has_directive(const struct source *source, guint from, guint to)
{
	for (guint i = from; i + 1 < to; i++) {
		if (source->text[i] != '\n')
			continue;
		i += strspn(source->text + i + 1, " \t");
		if (source->text[i + 1] == '#')
			return true;
	}
	return false;
}

static bool says(const struct source *source, const struct span *span, int word)
{
	g_autofree char *name = token_text(source, word);
	gsize length = strlen(name);

	for (guint at = span->start; at + length <= span->end; at++)
		if (!strncmp(source->text + at, name, length) &&
		    !text_word_char(source->text[at + length]) &&
		    !text_word_char(source->text[at - 1]))
			return true;
	return false;
}

static guint line_start(const struct source *source, guint offset)
{
	while (offset && source->text[offset - 1] != '\n')
		offset--;
	return offset;
}

/* Is the loop a statement of a block, and the first of its line? */
static bool stands_free(const struct source *source, int first)
{
	guint start = source_token(source, first)->start, line = line_start(source, start);

	return token_is_any(source, first - 1, (const char *const[]){ ";", "{", "}", ":", NULL }) &&
	       line + strspn(source->text + line, " \t") == start;
}

bool loop_is_respellable(const struct source *source, const struct loop *loop,
			 const char **reason)
{
	guint from = source_token(source, loop->first)->start;
	guint to = source_token(source, loop->last)->end;

	*reason = "the loop holds a directive that would be lost";
	if (has_directive(source, from, to))
		return false;
	*reason = "the loop holds a comment, and is no statement of a block that it could stand in";
	if (has_comment(source, from, to) && !stands_free(source, loop->first))
		return false;
	*reason = "a comment in the loop speaks of a variable that would be gone";
	for (guint i = comment_from(source, from);
	     i < source->comments->len && comment_at(source, i)->start < to; i++)
		if (says(source, comment_at(source, i), loop->index) ||
		    (loop->element >= 0 && loop->element_declared &&
		     says(source, comment_at(source, i), loop->element)))
			return false;
	return true;
}

static guint column_of(const struct source *source, guint offset)
{
	guint line = line_start(source, offset);

	return style_width(source->text + line, offset - line);
}

/* The comment as it reads when it starts at the column: its other lines move with it. */
static void append_comment(GString *out, const struct source *source, const struct span *span,
			   guint column)
{
	g_autofree char *text = g_strndup(source->text + span->start, span->end - span->start);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	guint was = column_of(source, span->start);

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
static void append_code(GString *out, const struct source *source, guint from, guint to,
			int callee, const char *mark)
{
	const struct token *name = source_token(source, callee);

	for (guint i = comment_from(source, from); from < to; i++) {
		bool any = i < source->comments->len && comment_at(source, i)->start < to;
		guint end = any ? comment_at(source, i)->start : to;

		if (from <= name->start && name->end <= end) {
			g_string_append_len(out, source->text + from, name->start - from);
			g_string_append(out, mark);
			from = name->end;
		}
		g_string_append_len(out, source->text + from, end - from);
		from = any ? comment_at(source, i)->end : to;
	}
}

char *loop_respell(const struct source *source, int first, int last, int callee,
		   const char *mark)
{
	guint from = source_token(source, first)->start, to = source_token(source, last)->end;
	bool is_do = token_is(source, first, "do");
	guint column = column_of(source, from);
	GString *out;

	if (!is_do && !has_comment(source, from, to))
		return NULL;
	out = g_string_new(NULL);
	for (guint i = comment_from(source, from);
	     i < source->comments->len && comment_at(source, i)->start < to; i++) {
		append_comment(out, source, comment_at(source, i), column);
		g_string_append_c(out, '\n');
		style_indent(out, column);
	}
	if (is_do) {
		int open = source_token(source, last - 1)->match, keyword = open - 1;

		append_code(out, source, source_token(source, keyword)->start,
			    source_token(source, last)->start, callee, mark);
		from = source_token(source, first)->end;
		to = source_token(source, keyword)->start;
	}
	append_code(out, source, from, to, callee, mark);
	return g_strchomp(g_string_free(out, FALSE));
}
