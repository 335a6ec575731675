// SPDX-License-Identifier: GPL-2.0-only
#include "convert/select/token_range.h"

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

bool range_is_empty(struct range range)
{
	return range.last < range.first;
}

bool range_same(const struct source *source, struct range a, struct range b)
{
	return tokens_equal(source, a.first, a.last, source, b.first, b.last);
}

bool token_same(const struct source *source, int a, int b)
{
	return tokens_equal(source, a, a, source, b, b);
}

bool range_has(const struct source *source, struct range range, int word)
{
	for (int i = range.first; i <= range.last; i++)
		if (word >= 0 && token_same(source, i, word))
			return true;
	return false;
}

bool range_holds(const struct source *source, struct range range, const char *text)
{
	for (int i = range.first; i <= range.last; i++)
		if (token_is(source, i, text))
			return true;
	return false;
}

/* "DIV_ROUND_UP(" and its like only compute. */
static bool is_macro_name(const struct source *source, int token)
{
	const struct token *word = source_token(source, token);

	for (guint i = word->start; i < word->end; i++)
		if (g_ascii_islower(source->text[i]))
			return false;
	return true;
}

bool range_acts(const struct source *source, struct range range)
{
	for (int i = range.first; i <= range.last; i++) {
		if (token_is_any(source, i, WORDS("++", "--", "=", "+=", "-=")))
			return true;
		if (token_is(source, i, "(") && i > range.first &&
		    source_token(source, i - 1)->kind == TOKEN_WORD && !is_macro_name(source, i - 1) &&
		    !token_is_any(source, i - 1, WORDS("likely", "unlikely", "sizeof")))
			return true;
	}
	return false;
}

bool range_is_lvalue(const struct source *source, struct range range)
{
	for (int i = range.first; i <= range.last; i++)
		if (source_token(source, i)->kind != TOKEN_WORD &&
		    !token_is_any(source, i, WORDS("->", ".")))
			return false;
	return !range_is_empty(range);
}
