// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ctext/tokens.h"
#include "convert/tidy/comment_update.h"
#include "convert/tidy/style.h"
#include "ctext/statement.h"
#include "base/ctype_word.h"

#define LINE_MAX_WIDTH 80

/* Does the comment stand in the function, or with nothing between above it? */
static bool comment_is_of(const struct tokens *tokens, const struct span *span,
			  const struct token_function *function)
{
	int first = statement_first(tokens, function->name);

	if (span->start > tokens_at(tokens, function->close)->end)
		return false;
	return span->start > tokens_at(tokens, first)->start || !first ||
	       span->start > tokens_at(tokens, first - 1)->end;
}

/* The offset of the next whole word in the text from `at` to `end`, or end. */
static guint word_find(const char *text, guint at, guint end, const char *word)
{
	size_t length = strlen(word);

	for (; at + length <= end; at++)
		if (!strncmp(text + at, word, length) && !text_word_char(text[at + length]) &&
		    (!at || !text_word_char(text[at - 1])))
			return at;
	return end;
}

static bool fits(const struct tokens *tokens, guint at, size_t more)
{
	const char *end = strchr(tokens->text + at, '\n');
	guint start = at;

	if (!more)
		return true;
	while (start && tokens->text[start - 1] != '\n')
		start--;
	if (!end)
		end = tokens->text + tokens->length;
	return style_width(tokens->text + start, end - tokens->text - start) + more <=
	       LINE_MAX_WIDTH;
}

/* In the span, a comment or a string literal, of the tokens' text; later spans are done. */
static void span_rename(GString *out, const struct tokens *tokens, const struct span *span,
			const struct renaming *renaming)
{
	size_t old = strlen(renaming->from), new = strlen(renaming->to);
	g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(guint));

	for (guint at = word_find(tokens->text, span->start, span->end, renaming->from);
	     at < span->end;
	     at = word_find(tokens->text, at + old, span->end, renaming->from))
		if (fits(tokens, at, new > old ? new - old : 0))
			g_array_append_val(places, at);
	for (guint i = places->len; i; i--) {
		guint at = g_array_index(places, guint, i - 1);

		g_string_erase(out, at, old);
		g_string_insert(out, at, renaming->to);
	}
}

/* "get_user_pages_fast(consume) failed" */
static void messages_rename(GString *out, const struct tokens *tokens,
			    const struct token_function *function,
			    const struct renaming *renaming)
{
	for (int i = function->close; i > function->open; i--) {
		const struct token *token = tokens_at(tokens, i);
		const struct span span = { token->start, token->end, token->line };

		if (token->kind == TOKEN_STRING)
			span_rename(out, tokens, &span, renaming);
	}
}

static char *comments_rename(const char *text, const struct renaming *renaming)
{
	g_autoptr(tokens_t) tokens = tokens_new(text, strlen(text));
	const struct token_function *function =
		&g_array_index(tokens->functions, struct token_function, renaming->function);
	GString *out = g_string_new(text);

	if (tokens_calls(tokens, renaming->from, function->open, function->close))
		return g_string_free(out, FALSE);
	for (guint i = tokens->comments->len; i; i--) {
		const struct span *span = &g_array_index(tokens->comments, struct span, i - 1);

		if (comment_is_of(tokens, span, function))
			span_rename(out, tokens, span, renaming);
	}
	return g_string_free(out, FALSE);
}

static char *rename_once(const char *text, const struct renaming *renaming)
{
	g_autofree char *commented = comments_rename(text, renaming);
	g_autoptr(tokens_t) tokens = tokens_new(commented, strlen(commented));
	const struct token_function *function =
		&g_array_index(tokens->functions, struct token_function, renaming->function);
	GString *out = g_string_new(commented);

	if (renaming->messages &&
	    !tokens_calls(tokens, renaming->from, function->open, function->close))
		messages_rename(out, tokens, function, renaming);
	return g_string_free(out, FALSE);
}

char *comment_update_names(const char *text, const struct renaming *renamings, guint count)
{
	char *now = g_strdup(text);

	for (guint i = 0; i < count; i++) {
		char *next = rename_once(now, &renamings[i]);

		g_free(now);
		now = next;
	}
	return now;
}

/* "FIXME: call the correct reference counting function": that is done now. */
static bool is_done_now(const char *line)
{
	return g_regex_match_simple(
		"\\b(FIXME|TODO|XXX)\\b.*\\b(reference count|refcount|put_user_page|"
		"unpin_user_page|put_page)",
		line, G_REGEX_CASELESS, 0);
}

static bool is_item(const char *line)
{
	return !*line || g_regex_match_simple("^(FIXME|TODO|XXX)\\b", line, 0, 0);
}

/* The text of a comment by lines, without its stars and without empty lines at either end. */
static GPtrArray *comment_lines(const struct tokens *tokens, const struct span *span)
{
	g_autofree char *text = g_strndup(tokens->text + span->start + 2,
					  span->end - span->start - 4);
	g_auto(GStrv) raw = g_strsplit(text, "\n", -1);
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);

	for (char **line = raw; *line; line++) {
		char *at = g_strstrip(*line);

		if (line != raw && *at == '*')
			at++;
		g_ptr_array_add(lines, g_strdup(g_strstrip(at)));
	}
	while (lines->len && !*(char *)lines->pdata[lines->len - 1])
		g_ptr_array_remove_index(lines, lines->len - 1);
	return lines;
}

/* Takes out the items that are done, each a line of its own; false when there is none. */
static bool lines_settle(GPtrArray *lines)
{
	guint before = lines->len;

	for (guint i = lines->len; i; i--) {
		bool ends = i == lines->len || is_item(lines->pdata[i]);

		if (ends && is_item(lines->pdata[i - 1]) && is_done_now(lines->pdata[i - 1]))
			g_ptr_array_remove_index(lines, i - 1);
	}
	return lines->len < before;
}

static char *comment_text_of(const GPtrArray *lines, const char *indent)
{
	GString *out = g_string_new("/*");

	for (guint i = 0; i < lines->len; i++) {
		const char *line = lines->pdata[i];

		if (i)
			g_string_append_printf(out, "\n%s *", indent);
		g_string_append_printf(out, "%s%s", *line ? " " : "", line);
	}
	if (lines->len > 1)
		g_string_append_printf(out, "\n%s", indent);
	g_string_append(out, " */");
	return g_string_free(out, FALSE);
}

/* Is the next statement one that calls one of the names? */
static bool stands_above(const struct tokens *tokens, const struct span *span,
			 const char *const *names)
{
	int first = 0, last;

	while (first < tokens_count(tokens) && tokens_at(tokens, first)->start < span->start)
		first++;
	if (first >= tokens_count(tokens) || !tokens_function(tokens, first) ||
	    statement_first(tokens, first) != first)
		return false;
	last = statement_last(tokens, first);
	for (int i = first; i < last; i++)
		if (token_is_any(tokens, i, names) && token_is(tokens, i + 1, "("))
			return true;
	return false;
}

char *comment_update_settle(const char *text, const char *const *names)
{
	g_autoptr(tokens_t) tokens = tokens_new(text, strlen(text));
	GString *out = g_string_new(text);

	for (guint i = tokens->comments->len; i; i--) {
		const struct span *span = &g_array_index(tokens->comments, struct span, i - 1);
		guint start = span->start, end = span->end;
		g_autoptr(GPtrArray) lines = NULL;
		g_autofree char *indent = NULL, *made = NULL;

		if (text[span->start + 1] != '*' || end < start + 4 ||
		    !stands_above(tokens, span, names))
			continue;
		lines = comment_lines(tokens, span);
		if (!lines_settle(lines))
			continue;
		while (start && strchr(" \t", text[start - 1]))
			start--;
		indent = g_strndup(text + start, span->start - start);
		if (!lines->len || (lines->len == 1 && !*(char *)lines->pdata[0])) {
			g_string_erase(out, start, end + (text[end] == '\n') - start);
			continue;
		}
		made = comment_text_of(lines, indent);
		g_string_erase(out, span->start, end - span->start);
		g_string_insert(out, span->start, made);
	}
	return g_string_free(out, FALSE);
}
