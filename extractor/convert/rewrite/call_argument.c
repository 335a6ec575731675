// SPDX-License-Identifier: GPL-2.0-only
#include "convert/rewrite/call_argument.h"

#define FLAG_PREFIX "FOLL_"

struct token_range call_argument(const struct tokens *tokens, int callee, int number)
{
	int close = tokens_match(tokens, callee + 1), first = callee + 2;

	for (int i = first; close > 0 && i <= close; i++) {
		if (i == close || token_is(tokens, i, ",")) {
			if (!number--)
				return (struct token_range){ first, i - 1 };
			first = i + 1;
		} else if (tokens_match(tokens, i) > i) {
			i = tokens_match(tokens, i);
		}
	}
	return NO_RANGE;
}

static bool names_flag(const struct tokens *tokens, struct token_range argument)
{
	for (int i = argument.first; i <= argument.last; i++) {
		g_autofree char *word = token_text(tokens, i);

		if (g_str_has_prefix(word, FLAG_PREFIX))
			return true;
	}
	return false;
}

struct token_range call_argument_of_flags(const struct tokens *tokens, int callee)
{
	struct token_range argument;
	int number = 0;

	do
		argument = call_argument(tokens, callee, number++);
	while (!token_range_is_empty(argument) && !names_flag(tokens, argument));
	return argument;
}
