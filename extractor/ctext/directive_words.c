// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/ctype_word.h"
#include "ctext/directive_words.h"

/**
 * struct line - a line of the preprocessor
 * @name: of the directive, @length bytes; not ended by NUL
 * @rest: what comes behind it, up to @end
 */
struct line {
	const char *name, *rest, *end;
	size_t length;
};

static const char *skip_blanks(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	return at;
}

static const char *word_end(const char *at, const char *end)
{
	while (at < end && text_word_char(*at))
		at++;
	return at;
}

/* The next line that begins with '#', from *at on, which is moved behind it. */
static bool next_line(const char **at, const char *end, struct line *line)
{
	while (*at < end) {
		const char *start = skip_blanks(*at, end);
		const char *newline = memchr(*at, '\n', end - *at);

		line->end = newline ? newline : end;
		*at = newline ? newline + 1 : end;
		if (start >= line->end || *start != '#')
			continue;
		line->name = skip_blanks(start + 1, line->end);
		line->rest = word_end(line->name, line->end);
		line->length = line->rest - line->name;
		return true;
	}
	return false;
}

static bool is_directive(const struct line *line, const char *name)
{
	return line->length == strlen(name) && !memcmp(line->name, name, line->length);
}

/* "#define NAME" as the next line of the preprocessor, from at on. */
static bool defines_next(const char *at, const char *end, const char *name, size_t length)
{
	struct line line;
	const char *word;

	if (!next_line(&at, end, &line) || !is_directive(&line, "define"))
		return false;
	word = skip_blanks(line.rest, line.end);
	return (size_t)(word_end(word, line.end) - word) == length && !memcmp(word, name, length);
}

/* An include guard, or a default for what nobody has defined. */
static bool is_default(const struct line *line, const char *at, const char *end)
{
	const char *word = skip_blanks(line->rest, line->end);

	return is_directive(line, "ifndef") &&
	       defines_next(at, end, word, word_end(word, line->end) - word);
}

void text_words_visit(const char *text, const char *end,
		      void (*visit)(const char *word, size_t length, void *data), void *data)
{
	for (const char *word = text; word < end;) {
		const char *behind = word_end(word, end);

		if (behind > word && text_word_start(*word))
			visit(word, behind - word, data);
		word = behind > word ? behind : word + 1;
	}
}

static bool opens_level(const struct line *line)
{
	return is_directive(line, "if") || is_directive(line, "ifdef") ||
	       is_directive(line, "ifndef");
}

void directive_tests_visit(const char *text, size_t size,
			   void (*visit)(const char *word, size_t length, void *data), void *data)
{
	const char *at = text, *end = text + size;
	struct line line;

	while (next_line(&at, end, &line)) {
		if (!opens_level(&line) && !is_directive(&line, "elif"))
			continue;
		if (!is_default(&line, at, end))
			text_words_visit(line.rest, line.end, visit, data);
	}
}

void directive_defines_visit(const char *text, size_t size,
			     void (*visit)(const char *word, size_t length, void *data), void *data)
{
	const char *at = text, *end = text + size;
	struct line line;

	while (next_line(&at, end, &line) && !is_directive(&line, "include")) {
		const char *word = skip_blanks(line.rest, line.end);
		const char *behind = word_end(word, line.end);

		if (is_directive(&line, "define") && behind > word)
			visit(word, behind - word, data);
	}
}

/* -- definitions and the conditions around them -- */

static void add_word(const char *word, size_t length, void *data)
{
	g_ptr_array_add(data, g_strndup(word, length));
}

/* The end of a definition that begins before newline: a backslash continues a line. */
static const char *body_end(const char *newline, const char *end)
{
	while (newline < end && newline[-1] == '\\') {
		const char *next = memchr(newline + 1, '\n', end - newline - 1);

		newline = next ? next : end;
	}
	return newline;
}

/* Keeps @tests and @levels, where the words of each level begin (guint), as the line says. */
static void levels_obey(const struct line *line, bool is_default_or_guard, GArray *levels,
			GPtrArray *tests)
{
	if (opens_level(line)) {
		guint first = tests->len;

		g_array_append_val(levels, first);
	} else if (is_directive(line, "endif") && levels->len) {
		g_ptr_array_set_size(tests, g_array_index(levels, guint, levels->len - 1));
		g_array_set_size(levels, levels->len - 1);
	}
	if ((opens_level(line) && !is_default_or_guard) || is_directive(line, "elif"))
		text_words_visit(line->rest, line->end, add_word, tests);
}

void directive_macros_visit(const char *text, size_t size,
			    void (*visit)(const struct macro_definition *macro, void *data),
			    void *data)
{
	g_autoptr(GPtrArray) tests = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GArray) levels = g_array_new(FALSE, FALSE, sizeof(guint));
	const char *at = text, *end = text + size;
	struct line line;

	while (next_line(&at, end, &line)) {
		struct macro_definition macro = { .tests = tests };

		levels_obey(&line, is_default(&line, at, end), levels, tests);
		if (!is_directive(&line, "define"))
			continue;
		macro.name = skip_blanks(line.rest, line.end);
		macro.body = word_end(macro.name, line.end);
		macro.length = macro.body - macro.name;
		macro.end = body_end(line.end, end);
		if (macro.length)
			visit(&macro, data);
	}
}
