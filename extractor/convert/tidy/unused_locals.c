// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/tidy/local_variable.h"
#include "convert/tidy/unused_locals.h"

/* The bytes of a declaration that go, with the comma or the line that is then too much. */
static void declaration_cut(const struct tokens *tokens, const struct local *local,
			    guint *start, guint *end)
{
	const char *text = tokens->text;
	int before = local->name - 1, after = local->name + 1;

	for (int match; !token_is(tokens, after, ",") && after < local->last;
	     after = (match = tokens_match(tokens, after)) > after ? match + 1 : after + 1)
		;
	while (before > local->first && token_is(tokens, before, "*"))
		before--;
	if (token_is(tokens, before, ",")) {
		*start = tokens_at(tokens, before)->start;
		*end = tokens_at(tokens, after - 1)->end;
		return;
	}
	if (token_is(tokens, after, ",")) {
		*start = tokens_at(tokens, before + 1)->start;
		*end = tokens_at(tokens, after + 1)->start;
		return;
	}
	*start = tokens_at(tokens, local->first)->start;
	*end = tokens_at(tokens, local->last)->end;
	while (*start && (text[*start - 1] == ' ' || text[*start - 1] == '\t'))
		(*start)--;
	if (text[*end] == '\n')
		(*end)++;
	/* A block that began with its only declaration does not begin with an empty line. */
	if (token_is(tokens, local->first - 1, "{") && text[*end] == '\n')
		(*end)++;
}

static int uses(const struct tokens *tokens, const char *word, int from, int to)
{
	int count = 0;

	for (int i = tokens_find(tokens, word, from, to); i >= 0;
	     i = tokens_find(tokens, word, i + 1, to))
		count += !token_is(tokens, i - 1, "->") && !token_is(tokens, i - 1, ".");
	return count;
}

/* An initializer that calls something must stay. */
static bool initializer_acts(const struct tokens *tokens, const struct local *local)
{
	for (int i = local->name + 1; i < local->last && !token_is(tokens, i, ","); i++)
		if (token_is(tokens, i, "(") || token_is(tokens, i, "++") ||
		    token_is(tokens, i, "--"))
			return true;
	return false;
}

/* A declaration in the function of a name that old uses more often than new. */
static bool unused_find(const struct tokens *old, const struct token_function *was,
			const struct tokens *new, const struct token_function *is,
			struct local *local)
{
	for (int i = is->open + 1; i < is->close; i++) {
		g_autofree char *word = tokens_at(new, i)->kind == TOKEN_WORD ? token_text(new, i)
									 : NULL;

		if (!word || token_is(new, i - 1, "->") || token_is(new, i - 1, ".") ||
		    !local_declared(new, i, local) || local->param)
			continue;
		if (uses(new, word, i, local->scope_end) == 1 &&
		    uses(old, word, was->open, was->close) > uses(new, word, is->open, is->close) &&
		    !initializer_acts(new, local))
			return true;
	}
	return false;
}

static char *clean_once(const struct tokens *old, const char *text)
{
	g_autoptr(tokens_t) new = tokens_new(text, strlen(text));

	/* A conversion neither adds nor removes functions: they pair up by order. */
	for (guint i = 0; new->functions->len == old->functions->len &&i < new->functions->len;
	     i++) {
		const struct token_function *is = &g_array_index(new->functions,
								 struct token_function, i);
		const struct token_function *was = &g_array_index(old->functions,
								  struct token_function, i);
		struct local local;
		guint start, end;
		GString *out;

		if (tokens_equal(old, was->open, was->close, new, is->open, is->close) ||
		    !unused_find(old, was, new, is, &local))
			continue;
		declaration_cut(new, &local, &start, &end);
		out = g_string_new(text);
		g_string_erase(out, start, end - start);
		return g_string_free(out, FALSE);
	}
	return NULL;
}

char *unused_locals_remove(const char *old_text, const char *text)
{
	g_autoptr(tokens_t) old = tokens_new(old_text, strlen(old_text));
	char *clean = g_strdup(text), *next;

	while ((next = clean_once(old, clean))) {
		g_free(clean);
		clean = next;
	}
	return clean;
}
