// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/remedy/edit.h"
#include "ctext/statement.h"

static guint start_of(const struct tokens *tokens, int token)
{
	return tokens_at(tokens, token)->start;
}

static guint end_of(const struct tokens *tokens, int token)
{
	return tokens_at(tokens, token)->end;
}

static guint line_start(const struct tokens *tokens, int token)
{
	return g_array_index(tokens->lines, guint, tokens_at(tokens, token)->line - 1);
}

char *edit_replace(const struct tokens *tokens, int first, int last, const char *with)
{
	GString *out = g_string_new_len(tokens->text, start_of(tokens, first));

	g_string_append(out, with);
	g_string_append(out, tokens->text + end_of(tokens, last));
	return g_string_free(out, FALSE);
}

char *edit_indent(const struct tokens *tokens, int token)
{
	guint from = line_start(tokens, token), to = start_of(tokens, token);

	for (guint i = from; i < to; i++)
		if (tokens->text[i] != ' ' && tokens->text[i] != '\t')
			return NULL;
	return g_strndup(tokens->text + from, to - from);
}

int edit_head(const struct tokens *tokens, int first)
{
	int open = tokens_match(tokens, first - 1);

	if (token_is_any(tokens, first - 1, (const char *const[]){ "else", "do", NULL }))
		return first - 1;
	if (!token_is(tokens, first - 1, ")") || open < 1 || open > first)
		return -1;
	/* Parentheses without a semicolon behind are of a head, be it if () or a macro's loop. */
	return tokens_at(tokens, open - 1)->kind == TOKEN_WORD ? open - 1 : -1;
}

bool edit_is_bare(const struct tokens *tokens, int first)
{
	return edit_head(tokens, first) >= 0 && !token_is(tokens, first, "{");
}

bool edit_is_statement(const struct tokens *tokens, int token)
{
	return edit_is_bare(tokens, token) || statement_first(tokens, token) == token;
}

static void lines_indent(GString *out, const char *indent, const char *lines)
{
	g_auto(GStrv) each = g_strsplit(lines, "\n", -1);

	for (char **line = each; *line; line++)
		if (**line)
			g_string_append_printf(out, "%s%s\n", indent, *line);
}

/* Nothing but a comment stands behind the token on its line. */
static bool ends_line(const struct tokens *tokens, int token)
{
	return token + 1 >= tokens_count(tokens) ||
	       tokens_at(tokens, token + 1)->line > tokens_at(tokens, token)->line;
}

/* Where the line of the token ends: at its newline. */
static guint line_end(const struct tokens *tokens, int token)
{
	const char *end = strchr(tokens->text + end_of(tokens, token), '\n');

	return end ? (guint)(end - tokens->text) : (guint)tokens->length;
}

/* "HEAD {", the lines, the statement, "}" */
static char *insert_braced(const struct tokens *tokens, int head, int first, const char *indent,
			   const char *lines)
{
	int last = statement_last(tokens, first);
	g_autofree char *outer = edit_indent(tokens, head);
	guint body = line_start(tokens, first);
	GString *out;

	/* An else asks for braces on both sides; a head within a line is another one's. */
	if (!outer || token_is(tokens, head, "else") || token_is(tokens, head, "do") ||
	    token_is(tokens, last + 1, "else") || !ends_line(tokens, last) ||
	    !ends_line(tokens, first - 1) || tokens_directive(tokens, head, last))
		return NULL;
	out = g_string_new_len(tokens->text, end_of(tokens, first - 1));
	g_string_append(out, " {");
	g_string_append_len(out, tokens->text + end_of(tokens, first - 1),
			    body - end_of(tokens, first - 1));
	lines_indent(out, indent, lines);
	g_string_append_len(out, tokens->text + body, line_end(tokens, last) - body);
	g_string_append_printf(out, "\n%s}", outer);
	g_string_append(out, tokens->text + line_end(tokens, last));
	return g_string_free(out, FALSE);
}

char *edit_insert_before(const struct tokens *tokens, int first, const char *lines)
{
	g_autofree char *indent = edit_indent(tokens, first);
	int head = edit_head(tokens, first);
	guint at = line_start(tokens, first);
	GString *out;

	if (!indent)
		return NULL;
	if (head >= 0)
		return insert_braced(tokens, head, first, indent, lines);
	out = g_string_new_len(tokens->text, at);
	lines_indent(out, indent, lines);
	g_string_append(out, tokens->text + at);
	return g_string_free(out, FALSE);
}

char *edit_guard(const struct tokens *tokens, int first, int last, const char *test)
{
	g_autofree char *indent = edit_indent(tokens, first);
	guint at = line_start(tokens, first), end = line_end(tokens, last);
	g_auto(GStrv) lines = NULL;
	GString *out;

	/* Below an if, an else behind it would become this one's. */
	if (!indent || edit_is_bare(tokens, first) || !ends_line(tokens, last) ||
	    tokens_directive(tokens, first, last))
		return NULL;
	out = g_string_new_len(tokens->text, at);
	g_string_append_printf(out, "%sif (%s)", indent, test);
	{
		g_autofree char *body = g_strndup(tokens->text + at, end - at);

		lines = g_strsplit(body, "\n", -1);
	}
	/* A statement of more than one line is braced, as checkpatch has it for loops. */
	if (token_is(tokens, first, "for") || token_is(tokens, first, "while"))
		g_string_append(out, " {");
	for (char **line = lines; *line; line++)
		g_string_append_printf(out, "\n%s%s", **line ? "\t" : "", *line);
	if (token_is(tokens, first, "for") || token_is(tokens, first, "while"))
		g_string_append_printf(out, "\n%s}", indent);
	g_string_append(out, tokens->text + end);
	return g_string_free(out, FALSE);
}
