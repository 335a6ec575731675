// SPDX-License-Identifier: GPL-2.0-only
#include "convert/select/token_range.h"

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

bool token_range_is_empty(struct token_range range)
{
	return range.last < range.first;
}

bool token_range_same(const struct tokens *tokens, struct token_range a, struct token_range b)
{
	return tokens_equal(tokens, a.first, a.last, tokens, b.first, b.last);
}

bool token_same(const struct tokens *tokens, int a, int b)
{
	return tokens_equal(tokens, a, a, tokens, b, b);
}

bool token_range_has(const struct tokens *tokens, struct token_range range, int word)
{
	for (int i = range.first; i <= range.last; i++)
		if (word >= 0 && token_same(tokens, i, word))
			return true;
	return false;
}

bool token_range_holds(const struct tokens *tokens, struct token_range range, const char *text)
{
	for (int i = range.first; i <= range.last; i++)
		if (token_is(tokens, i, text))
			return true;
	return false;
}

/* "DIV_ROUND_UP(" and its like only compute. */
static bool is_macro_name(const struct tokens *tokens, int token)
{
	const struct token *word = tokens_at(tokens, token);

	for (guint i = word->start; i < word->end; i++)
		if (g_ascii_islower(tokens->text[i]))
			return false;
	return true;
}

bool token_range_acts(const struct tokens *tokens, struct token_range range)
{
	for (int i = range.first; i <= range.last; i++) {
		if (token_is_any(tokens, i, WORDS("++", "--", "=", "+=", "-=")))
			return true;
		if (token_is(tokens, i, "(") && i > range.first &&
		    tokens_at(tokens, i - 1)->kind == TOKEN_WORD && !is_macro_name(tokens, i - 1) &&
		    !token_is_any(tokens, i - 1, WORDS("likely", "unlikely", "sizeof")))
			return true;
	}
	return false;
}

bool token_range_is_lvalue(const struct tokens *tokens, struct token_range range)
{
	for (int i = range.first; i <= range.last; i++)
		if (tokens_at(tokens, i)->kind != TOKEN_WORD &&
		    !token_is_any(tokens, i, WORDS("->", ".")))
			return false;
	return !token_range_is_empty(range);
}
