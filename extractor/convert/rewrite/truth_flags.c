// SPDX-License-Identifier: GPL-2.0-only
#include "convert/rewrite/truth_flags.h"

bool expression_binds(const struct tokens *tokens, int first, int last)
{
	for (int i = first; i <= last; i++) {
		int match = tokens_match(tokens, i);

		if (token_is_any(tokens, i, (const char *const[]){ "?", ":", "&&", "||", ",", "=",
								"|=", "&=", "+=", "-=", NULL }))
			return false;
		if (match > i)
			i = match;
	}
	return true;
}

/* "1" alone, or the branch of "x ? 1 : 0": the token of the 1; or -1. */
static int literal_one(const struct tokens *tokens, int first, int last)
{
	if (first == last)
		return token_is(tokens, last, "1") ? last : -1;
	if (last - first > 3 && token_is(tokens, last, "0") && token_is(tokens, last - 1, ":") &&
	    token_is(tokens, last - 2, "1") && token_is(tokens, last - 3, "?") &&
	    expression_binds(tokens, first, last - 4))
		return last - 2;
	return -1;
}

static bool is_one_value(const struct tokens *tokens, int first, int last)
{
	for (int i = first; i <= last; i++) {
		if (token_is_any(tokens, i, (const char *const[]){ "?", ",", "=", NULL }))
			return false;
		if (tokens_match(tokens, i) > i)
			i = tokens_match(tokens, i);
	}
	return true;
}

const char *truth_flags_write(const struct tokens *tokens, int first, int last,
			      struct truth_flags *flags)
{
	int one = literal_one(tokens, first, last);
	g_autofree char *text = tokens_text(tokens, first, last);

	if (one < 0 && tokens_at(tokens, first)->kind == TOKEN_NUMBER)
		return "which flags the number stands for is not known";
	if (one < 0 && !is_one_value(tokens, first, last))
		return "the expression is not one truth value";
	flags->first = one < 0 ? first : one;
	flags->last = one < 0 ? last : one;
	flags->text = one < 0 ? g_strdup_printf("%s ? FOLL_WRITE : 0", text) :
				g_strdup("FOLL_WRITE");
	return NULL;
}
