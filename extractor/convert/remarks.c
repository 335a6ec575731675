// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "lex.h"
#include "locals.h"
#include "remarks.h"
#include "style.h"
#include "text.h"

#define LINE_MAX_WIDTH 80

/* Does the comment stand in the function, or with nothing between above it? */
static bool remark_is_of(const struct source *source, const struct span *span,
			 const struct function *function)
{
	int first = statement_first(source, function->name);

	if (span->start > source_token(source, function->close)->end)
		return false;
	return span->start > source_token(source, first)->start || !first ||
	       span->start > source_token(source, first - 1)->end;
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

static bool fits(const struct source *source, guint at, size_t more)
{
	const char *end = strchr(source->text + at, '\n');
	guint start = at;

	if (!more)
		return true;
	while (start && source->text[start - 1] != '\n')
		start--;
	if (!end)
		end = source->text + source->length;
	return style_width(source->text + start, end - source->text - start) + more <=
	       LINE_MAX_WIDTH;
}

static void remark_update(GString *out, const struct source *source, const struct span *span,
			  const struct renaming *renaming)
{
	size_t old = strlen(renaming->from), new = strlen(renaming->to);
	g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(guint));

	for (guint at = word_find(source->text, span->start, span->end, renaming->from);
	     at < span->end;
	     at = word_find(source->text, at + old, span->end, renaming->from))
		if (fits(source, at, new > old ? new - old : 0))
			g_array_append_val(places, at);
	for (guint i = places->len; i; i--) {
		guint at = g_array_index(places, guint, i - 1);

		g_string_erase(out, at, old);
		g_string_insert(out, at, renaming->to);
	}
}

static char *rename_once(const char *text, const struct renaming *renaming)
{
	g_autoptr(source) source = source_new(text, strlen(text));
	const struct function *function =
		&g_array_index(source->functions, struct function, renaming->function);
	GString *out = g_string_new(text);

	if (source_calls(source, renaming->from, function->open, function->close))
		return g_string_free(out, FALSE);
	for (guint i = source->comments->len; i; i--) {
		const struct span *span = &g_array_index(source->comments, struct span, i - 1);

		if (remark_is_of(source, span, function))
			remark_update(out, source, span, renaming);
	}
	return g_string_free(out, FALSE);
}

char *remarks_update(const char *text, const struct renaming *renamings, guint count)
{
	char *now = g_strdup(text);

	for (guint i = 0; i < count; i++) {
		char *next = rename_once(now, &renamings[i]);

		g_free(now);
		now = next;
	}
	return now;
}
