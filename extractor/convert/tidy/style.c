// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/tidy/diff.h"
#include "ctext/tokens.h"
#include "convert/tidy/style.h"

#define LINE_MAX_WIDTH 80
#define TAB 8

guint style_width(const char *line, gsize length)
{
	guint width = 0;

	for (gsize i = 0; i < length && line[i] != '\n'; i++)
		width += line[i] == '\t' ? TAB - width % TAB : ((line[i] & 0xc0) != 0x80);
	return width;
}

static gsize blanks(const char *line)
{
	return strspn(line, " \t");
}

void style_indent(GString *out, guint width)
{
	for (; width >= TAB; width -= TAB)
		g_string_append_c(out, '\t');
	for (; width; width--)
		g_string_append_c(out, ' ');
}

static bool indent_is_old(const struct lines *old, const struct hunk *hunk, const char *line)
{
	gsize length = blanks(line);

	for (guint i = 0; i < hunk->old_count; i++) {
		const char *other = old->text + old->start[hunk->old_start + i];

		if (blanks(other) == length && !strncmp(other, line, length))
			return true;
	}
	return false;
}

static void repair_hunk(GString *out, const struct lines *old, const struct lines *new,
			const struct hunk *hunk)
{
	for (guint i = hunk->new_start; i < hunk->new_start + hunk->new_count; i++) {
		g_autofree char *line = lines_get(new, i);
		gsize length = blanks(line);

		if (!indent_is_old(old, hunk, line))
			style_indent(out, style_width(line, length));
		else
			g_string_append_len(out, line, length);
		g_string_append(out, line + length);
	}
}

/* Lines of a hunk that differ in blanks only are the old ones again. */
static void repair_blanks(GString *out, const struct lines *old, const struct lines *new,
			  const struct hunk *hunk)
{
	g_autofree char *was = g_strndup(old->text + old->start[hunk->old_start],
					 old->start[hunk->old_start + hunk->old_count] -
					 old->start[hunk->old_start]);
	g_autofree char *is = g_strndup(new->text + new->start[hunk->new_start],
					new->start[hunk->new_start + hunk->new_count] -
					new->start[hunk->new_start]);
	g_autoptr(lines_t) old_lines = lines_new(was), new_lines = lines_new(is);
	g_autoptr(GArray) hunks = diff_hunks(old_lines, new_lines, true);
	guint at = 0;

	for (guint i = 0; i < hunks->len; i++) {
		const struct hunk *inner = &g_array_index(hunks, struct hunk, i);

		lines_append(out, old_lines, at, inner->old_start - at);
		repair_hunk(out, old_lines, new_lines, inner);
		at = inner->old_start + inner->old_count;
	}
	lines_append(out, old_lines, at, old_lines->count - at);
}

char *style_repair(const char *old_text, const char *new_text)
{
	g_autoptr(lines_t) old = lines_new(old_text), new = lines_new(new_text);
	g_autoptr(GArray) hunks = diff_hunks(old, new, false);
	GString *out = g_string_new(NULL);
	guint at = 0;

	for (guint i = 0; i < hunks->len; i++) {
		const struct hunk *hunk = &g_array_index(hunks, struct hunk, i);

		lines_append(out, old, at, hunk->old_start - at);
		repair_blanks(out, old, new, hunk);
		at = hunk->old_start + hunk->old_count;
	}
	lines_append(out, old, at, old->count - at);
	return g_string_free(out, FALSE);
}

/**
 * struct call - a call to lay out: byte offsets in the new text
 * @line: where its first line starts
 * @paren: its opening parenthesis
 * @close: the closing one
 * @end: end of the last line, newline not included
 */
struct call {
	guint line, paren, close, end;
	int paren_token, close_token;
};

static guint call_column(const struct tokens *tokens, const struct call *call)
{
	return style_width(tokens->text + call->line, call->paren - call->line) + 1;
}

/* The arguments, each on one line. */
static GPtrArray *call_args(const struct tokens *tokens, const struct call *call)
{
	GPtrArray *args = g_ptr_array_new_with_free_func(g_free);
	int first = call->paren_token + 1;

	for (int i = first; i <= call->close_token; i++) {
		int match = tokens_match(tokens, i);

		if (i == call->close_token || token_is(tokens, i, ",")) {
			if (i > first) {
				g_autofree char *text = tokens_text(tokens, first, i - 1);

				g_ptr_array_add(args, text_fold(text));
			}
			first = i + 1;
		} else if (match > i) {
			i = match;
		}
	}
	return args;
}

/* Lays the arguments out from column on; true when no line is too wide. */
static bool args_layout(GString *out, const GPtrArray *args, guint at, guint column, guint tail)
{
	bool fits = true;

	for (guint i = 0; i < args->len; i++) {
		guint width = style_width(args->pdata[i], strlen(args->pdata[i]));
		guint after = i + 1 < args->len ? 1 : tail;

		if (i && at + 1 + width + after > LINE_MAX_WIDTH) {
			g_string_append_c(out, '\n');
			style_indent(out, column);
			at = column;
		} else if (i) {
			g_string_append_c(out, ' ');
			at++;
		}
		g_string_append(out, args->pdata[i]);
		at += width;
		if (i + 1 < args->len) {
			g_string_append_c(out, ',');
			at++;
		}
		fits = fits && at + (i + 1 < args->len ? 0 : tail) <= LINE_MAX_WIDTH;
	}
	return fits;
}

static char *call_layout(const struct tokens *tokens, const struct call *call)
{
	g_autoptr(GPtrArray) args = call_args(tokens, call);
	guint column = call_column(tokens, call);
	guint tail = style_width(tokens->text + call->close, call->end - call->close);
	gsize length = blanks(tokens->text + call->line);
	guint shallow = style_width(tokens->text + call->line, length) + 2 * TAB;
	GString *aligned = g_string_new(NULL), *indented = g_string_new(NULL);

	if (!args_layout(aligned, args, column, column, tail) &&
	    args_layout(indented, args, column, shallow, tail)) {
		g_string_free(aligned, TRUE);
		return g_string_free(indented, FALSE);
	}
	g_string_free(indented, TRUE);
	return g_string_free(aligned, FALSE);
}

/* Where the last argument begins that the line has whole or in part; else its last word. */
static char *last_blank(char *line)
{
	char *blank = strrchr(line, ' ');

	for (char *at = blank; at && at > line; at = g_strrstr_len(line, at - line, " "))
		if (at[-1] == ',')
			return at;
	return blank;
}

/* The last argument of a line that has become too wide begins the next, if it has room. */
static void carry_word(GPtrArray *lines, guint index, guint column)
{
	char *line = lines->pdata[index], *next = lines->pdata[index + 1];
	char *blank = last_blank(line);
	gsize indent = blanks(next);

	if (!blank || blank == line || strchr(blank, '"') ||
	    column + style_width(line, strlen(line)) <= LINE_MAX_WIDTH ||
	    style_width(next, strlen(next)) + strlen(blank) > LINE_MAX_WIDTH)
		return;
	lines->pdata[index + 1] = g_strdup_printf("%.*s%s %s", (int)indent, next, blank + 1,
						  next + indent);
	g_free(next);
	*blank = '\0';
}

/*
 * Where a line that was aligned to a parenthesis of the first line, the call's or one in it, goes.
 */
static guint shifted_indent(const char *first, guint column, int moved, guint indent)
{
	if ((int)indent == (int)column - moved)
		return column;
	for (const char *at = strchr(first, '('); at; at = strchr(at + 1, '(')) {
		guint inner = column + style_width(first, at + 1 - first);

		if ((int)indent == (int)inner - moved)
			return inner;
	}
	return indent;
}

/* Continuation lines that were aligned to a parenthesis still are. */
static char *call_shift(const struct tokens *tokens, const struct call *call, int moved)
{
	g_autofree char *text = g_strndup(tokens->text + call->paren + 1,
					  call->close - call->paren - 1);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autoptr(GPtrArray) made = g_ptr_array_new_with_free_func(g_free);
	guint column = call_column(tokens, call);

	g_ptr_array_add(made, g_strdup(lines[0]));
	for (char **line = lines + 1; *lines && *line; line++) {
		GString *out = g_string_new(NULL);
		gsize length = blanks(*line);

		guint was = style_width(*line, length);
		guint is = shifted_indent(lines[0], column, moved, was);

		if (is != was)
			style_indent(out, is);
		else
			g_string_append_len(out, *line, length);
		g_string_append(out, *line + length);
		g_ptr_array_add(made, g_string_free(out, FALSE));
	}
	for (guint i = 0; i + 1 < made->len; i++)
		carry_word(made, i, i ? 0 : column);
	g_ptr_array_add(made, NULL);
	return g_strjoinv("\n", (char **)made->pdata);
}

static const struct hunk *hunk_of_line(const GArray *hunks, guint line)
{
	for (guint i = 0; i < hunks->len; i++) {
		const struct hunk *hunk = &g_array_index(hunks, struct hunk, i);

		if (hunk->new_start <= line && line < hunk->new_start + hunk->new_count)
			return hunk;
	}
	return NULL;
}

static bool comment_within(const struct tokens *tokens, guint start, guint end)
{
	for (guint i = 0; i < tokens->comments->len; i++) {
		const struct span *span = &g_array_index(tokens->comments, struct span, i);

		if (span->start < end && span->end > start)
			return true;
	}
	return false;
}

/**
 * struct layout - the two texts and what differs between them
 */
struct layout {
	struct lines *old, *new;
	GArray *hunks;
	struct tokens *tokens;
	GString *out;
};

/* By how many columns the line's tail moved to the right. */
static int line_moved(const struct layout *layout, const struct hunk *hunk, guint line)
{
	guint pair = hunk->old_start + line - hunk->new_start;

	if (hunk->old_count != hunk->new_count)
		return 0;
	return (int)style_width(layout->new->text + layout->new->start[line],
				layout->new->start[line + 1] - layout->new->start[line]) -
	       (int)style_width(layout->old->text + layout->old->start[pair],
				layout->old->start[pair + 1] - layout->old->start[pair]);
}

static bool call_too_wide(const struct tokens *tokens, const struct call *call)
{
	return style_width(tokens->text + call->line, call->end - call->line) > LINE_MAX_WIDTH;
}

static const char *line_of(const struct lines *lines, guint line)
{
	return lines->text + lines->start[line];
}

static guint line_width(const struct lines *lines, guint line)
{
	return style_width(line_of(lines, line),
			   lines->start[line + 1] - lines->start[line] - 1);
}

static guint commas(const struct lines *lines, guint line)
{
	guint count = 0;

	for (const char *at = line_of(lines, line); at < line_of(lines, line + 1); at++)
		count += *at == ',';
	return count;
}

/*
 * All lines of the call are in the hunk, and are those of the old text with other words: as deep,
 * with as many arguments each, and none that is wider than the widest of these, and too wide.
 */
static bool lines_are_kept(const struct layout *layout, const struct hunk *hunk, guint first,
			   guint last)
{
	guint widest = LINE_MAX_WIDTH;

	if (hunk->old_count != hunk->new_count || last >= hunk->new_start + hunk->new_count)
		return false;
	for (guint line = first; line <= last; line++)
		widest = MAX(widest, line_width(layout->old,
						hunk->old_start + line - hunk->new_start));
	for (guint line = first; line <= last; line++) {
		guint pair = hunk->old_start + line - hunk->new_start;

		if (blanks(line_of(layout->old, pair)) != blanks(line_of(layout->new, line)) ||
		    commas(layout->old, pair) != commas(layout->new, line) ||
		    line_width(layout->new, line) > widest)
			return false;
	}
	return true;
}

static void layout_call(struct layout *layout, int callee)
{
	const struct tokens *tokens = layout->tokens;
	const struct token *paren = tokens_at(tokens, callee + 1);
	int close = tokens_match(tokens, callee + 1);
	struct call call = { .paren = paren->start, .paren_token = callee + 1,
			     .close_token = close };
	guint first = paren->line - 1, last;
	const struct hunk *hunk = hunk_of_line(layout->hunks, first);
	g_autofree char *args = NULL;

	if (!hunk || close < 0)
		return;
	last = tokens_at(tokens, close)->line - 1;
	call.close = tokens_at(tokens, close)->start;
	call.line = layout->new->start[first];
	call.end = layout->new->start[last + 1];
	if (call.end > call.line && tokens->text[call.end - 1] == '\n')
		call.end--;
	if (comment_within(tokens, call.paren, call.close) ||
	    (first == last && !call_too_wide(tokens, &call)))
		return;
	if (first != last && lines_are_kept(layout, hunk, first, last) &&
	    !line_moved(layout, hunk, first))
		return;
	if (first != last && !hunk_of_line(layout->hunks, last))
		args = call_shift(tokens, &call, line_moved(layout, hunk, first));
	else
		args = call_layout(tokens, &call);
	g_string_erase(layout->out, call.paren + 1, call.close - call.paren - 1);
	g_string_insert(layout->out, call.paren + 1, args);
}

char *style_calls(const char *old, const char *new, const char *const *names)
{
	struct layout layout = { .old = lines_new(old), .new = lines_new(new),
				 .tokens = tokens_new(new, strlen(new)),
				 .out = g_string_new(new) };

	layout.hunks = diff_hunks(layout.old, layout.new, false);
	for (int i = tokens_count(layout.tokens) - 2; i >= 0; i--)
		if (token_is(layout.tokens, i + 1, "(") &&
		    token_is_any(layout.tokens, i, names))
			layout_call(&layout, i);
	lines_free(layout.old);
	lines_free(layout.new);
	tokens_free(layout.tokens);
	g_array_free(layout.hunks, TRUE);
	return g_string_free(layout.out, FALSE);
}
