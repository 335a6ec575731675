// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ctext/header_bodies.h"
#include "ctext/tokens.h"

static const char *const inline_words[] = { "inline", "__inline", "__inline__", "__always_inline",
					    NULL };

/* A copy of the text with blanks for all but the ends of lines. */
static char *blank_text(const char *text, size_t size)
{
	char *blank = g_malloc(size + 1);

	for (size_t i = 0; i < size; i++)
		blank[i] = text[i] == '\n' ? '\n' : ' ';
	blank[size] = 0;
	return blank;
}

/* A word of a directive, or of a #define its name; the tokenizer is behind it. */
static bool next_is(struct tokenizer *tokenizer, struct token *token, const char *word)
{
	return tokenizer_next(tokenizer, token) && tokenizer_token_is(tokenizer, token, word);
}

/* "#ifndef NAME" and "#define NAME" before all else: true, and where the first line ends. */
static bool find_guard(const char *text, size_t size, guint *start, guint *end)
{
	struct tokenizer tokenizer = tokenizer_begin(text, size);
	struct token hash = { 0 }, word = { 0 }, name = { 0 }, again = { 0 };

	while (tokenizer_next(&tokenizer, &hash) && hash.kind == TOKEN_NEWLINE)
		;
	if (hash.kind != TOKEN_DIRECTIVE || !next_is(&tokenizer, &word, "ifndef") ||
	    !tokenizer_next(&tokenizer, &name))
		return false;
	*start = hash.start;
	*end = name.end;
	tokenizer_skip_line(&tokenizer);
	while (tokenizer_next(&tokenizer, &word) && word.kind == TOKEN_NEWLINE)
		;
	return word.kind == TOKEN_DIRECTIVE && next_is(&tokenizer, &word, "define") &&
	       tokenizer_next(&tokenizer, &again) &&
	       again.end - again.start == name.end - name.start &&
	       !memcmp(text + again.start, text + name.start, name.end - name.start);
}

static void copy_directives(char *to, const char *text, size_t size)
{
	struct tokenizer tokenizer = tokenizer_begin(text, size);
	struct token token;
	guint start, end;

	while (tokenizer_next(&tokenizer, &token)) {
		if (token.kind != TOKEN_DIRECTIVE)
			continue;
		tokenizer_skip_line(&tokenizer);
		memcpy(to + token.start, text + token.start, tokenizer.at - token.start);
	}
	if (!find_guard(text, size, &start, &end))
		return;
	memset(to + start, ' ', end - start);
	memcpy(to + start, "#if 1", strlen("#if 1"));
}

/* The token "static" that the definition begins with, or -1. */
static int static_of(const struct tokens *tokens, const struct token_function *function)
{
	for (int i = function->name; i-- > 0;) {
		if (token_is(tokens, i, "static"))
			return i;
		if (token_is(tokens, i, ";") || token_is(tokens, i, "}"))
			break;
	}
	return -1;
}

/*
 * "static inline int f(" becomes "static int inline$f(", so that the rest of the line stays where it
 * is; false where the name has no room, on a line of its own.
 */
static bool make_room(const struct tokens *tokens, int first, int name, char *to)
{
	guint at = tokens_at(tokens, name)->start, mark = strlen(BODY_MARK);

	for (int i = first; i < name; i++) {
		const struct token *word = tokens_at(tokens, i);
		guint behind = tokens_at(tokens, i + 1)->start;

		if (word->line != tokens_at(tokens, name)->line ||
		    !token_is_any(tokens, i, inline_words) || behind - word->start < mark)
			continue;
		memset(to + word->start, ' ', behind - word->start);
		memmove(to + behind - mark, to + behind, at - behind);
		memcpy(to + at - mark, BODY_MARK, mark);
		return true;
	}
	return false;
}

/* Offsets of names that a mark has to be put before. */
static void copy_function(const struct tokens *tokens, const struct token_function *function,
			  char *to, GArray *unmarked)
{
	int first = static_of(tokens, function);
	guint start, end = tokens_at(tokens, function->close)->end;

	if (first < 0)
		return;
	start = tokens_at(tokens, first)->start;
	memcpy(to + start, tokens->text + start, end - start);
	if (!make_room(tokens, first, function->name, to))
		g_array_append_val(unmarked, tokens_at(tokens, function->name)->start);
}

char *header_bodies_text(const char *text, size_t size)
{
	g_autoptr(tokens_t) tokens = tokens_new(text, size);
	g_autoptr(GArray) unmarked = g_array_new(FALSE, FALSE, sizeof(guint));
	g_autofree char *blank = blank_text(text, size);
	GString *out;

	copy_directives(blank, text, size);
	for (guint i = 0; i < tokens->functions->len; i++)
		copy_function(tokens, &g_array_index(tokens->functions, struct token_function, i),
			      blank, unmarked);
	out = g_string_new_len(blank, size);
	for (guint i = unmarked->len; i-- > 0;)
		g_string_insert(out, g_array_index(unmarked, guint, i), BODY_MARK);
	return g_string_free(out, FALSE);
}

/* A definition as "static inline int f(void) { return 0; }", with no line in it that is not C. */
static bool is_plain_inline(const struct tokens *tokens, const struct token_function *function)
{
	int first = static_of(tokens, function);

	for (int i = first; first >= 0 && i < function->name; i++)
		if (token_is_any(tokens, i, inline_words))
			return !tokens_directive(tokens, first, function->close);
	return false;
}

char *header_declarations_text(const char *text, size_t size)
{
	g_autoptr(tokens_t) tokens = tokens_new(text, size);
	char *out = NULL;

	for (guint i = 0; i < tokens->functions->len; i++) {
		const struct token_function *function =
			&g_array_index(tokens->functions, struct token_function, i);
		guint end = tokens_at(tokens, function->close)->end;

		if (!is_plain_inline(tokens, function))
			continue;
		if (!out) {
			out = g_malloc(size + 1);
			memcpy(out, text, size);
			out[size] = 0;
		}
		for (guint at = tokens_at(tokens, function->open)->start; at < end; at++)
			if (out[at] != '\n')
				out[at] = ' ';
		out[tokens_at(tokens, function->open)->start] = ';';
	}
	return out;
}

/* Pointers or arrays among the parameters. */
static int pointer_count(const struct tokens *tokens, const struct token_function *function)
{
	int close = tokens_match(tokens, function->params), count = 0;
	bool pointer = false;

	for (int i = function->params + 1; i <= close; i++) {
		pointer |= token_is(tokens, i, "*") || token_is(tokens, i, "[");
		if (!token_is(tokens, i, ",") && i != close)
			continue;
		count += pointer;
		pointer = false;
	}
	return count;
}

bool header_function_hands_on(const struct tokens *tokens, const char *name)
{
	for (guint i = 0; i < tokens->functions->len; i++) {
		const struct token_function *function =
			&g_array_index(tokens->functions, struct token_function, i);
		int first = static_of(tokens, function);

		if (first < 0 || !token_is(tokens, function->name, name))
			continue;
		if (pointer_count(tokens, function) > 1)
			return true;
		for (int at = first; at < function->name; at++)
			if (token_is(tokens, at, "*"))
				return true;
	}
	return false;
}

/**
 * struct calls - a search through the bodies of a header
 * @seen: set of names of functions that were looked at
 */
struct calls {
	const struct tokens *tokens;
	GHashTable *seen;
	void (*visit)(const char *callee, void *data);
	void *data;
};

/* Depth-first; each function is looked at once. */
static void visit_calls(struct calls *calls, const char *name)
{
	const struct token_function *function = tokens_function_named(calls->tokens, name);

	if (!function || static_of(calls->tokens, function) < 0 ||
	    !g_hash_table_add(calls->seen, g_strdup(name)))
		return;
	for (int i = function->open; i < function->close; i++) {
		g_autofree char *callee = NULL;

		if (tokens_at(calls->tokens, i)->kind != TOKEN_WORD ||
		    !token_is(calls->tokens, i + 1, "("))
			continue;
		callee = token_text(calls->tokens, i);
		calls->visit(callee, calls->data);
		visit_calls(calls, callee);
	}
}

void header_calls_visit(const struct tokens *tokens, const char *name,
			void (*visit)(const char *callee, void *data), void *data)
{
	g_autoptr(GHashTable) seen =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	struct calls calls = { tokens, seen, visit, data };

	visit_calls(&calls, name);
}
