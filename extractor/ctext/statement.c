// SPDX-License-Identifier: GPL-2.0-only
#include "ctext/statement.h"

static bool is_word(const struct tokens *tokens, int index)
{
	return index >= 0 && index < tokens_count(tokens) &&
	       tokens_at(tokens, index)->kind == TOKEN_WORD;
}

int statement_block(const struct tokens *tokens, int token)
{
	for (int i = token - 1; i >= 0; i--) {
		int match = tokens_match(tokens, i);

		if (match >= 0 && match < i)
			i = match;
		else if (token_is(tokens, i, "{"))
			return i;
	}
	return -1;
}

int statement_call(const struct tokens *tokens, int token)
{
	for (int i = token - 1; i > 0; i--) {
		int match = tokens_match(tokens, i);

		if (match >= 0 && match < i)
			i = match;
		else if (token_is(tokens, i, "(") && tokens_at(tokens, i - 1)->kind == TOKEN_WORD &&
			 !token_is_any(tokens, i - 1, (const char *const[]){ "if", "for", "while",
								"switch", "return", NULL }))
			return i - 1;
	}
	return -1;
}

/* The first token behind the labels that begin at `first`, at the latest `token`. */
static int skip_labels(const struct tokens *tokens, int first, int token)
{
	while (first < token) {
		int colon = first + 1;

		if (token_is(tokens, first, "case")) {
			while (colon < token && !token_is(tokens, colon, ":"))
				colon++;
		} else if (!is_word(tokens, first) || !token_is(tokens, colon, ":")) {
			break;
		}
		if (colon >= token)
			break;
		first = colon + 1;
	}
	return first;
}

int statement_first(const struct tokens *tokens, int token)
{
	int at = token;

	while (at > 0) {
		int before = at - 1, match = tokens_match(tokens, before);

		if (token_is_any(tokens, before, (const char *const[]){ ";", "{", "}", NULL }))
			break;
		if (match >= 0 && match < before)
			before = match;
		at = before;
	}
	return skip_labels(tokens, at, token);
}

/* Last token of a statement that is no if, loop or switch. */
static int plain_last(const struct tokens *tokens, int first)
{
	int count = tokens_count(tokens);

	for (int i = first; i < count; i++) {
		int match = tokens_match(tokens, i);

		if (i == first && token_is(tokens, i, "{"))
			return match > i ? match : count - 1;
		if (token_is(tokens, i, ";") || token_is(tokens, i, "}"))
			return i;
		if (match > i)
			i = match;
	}
	return count - 1;
}

static bool has_head(const struct tokens *tokens, int at)
{
	static const char *const heads[] = { "if", "for", "while", "switch", NULL };

	return token_is_any(tokens, at, heads) && token_is(tokens, at + 1, "(") &&
	       tokens_match(tokens, at + 1) > 0;
}

/* Without recursion: the depth of what a file nests is its own choice. */
int statement_last(const struct tokens *tokens, int first)
{
	int at = first, last, ifs = 0;

	while (at < tokens_count(tokens)) {
		if (has_head(tokens, at)) {
			ifs += token_is(tokens, at, "if");
			at = tokens_match(tokens, at + 1) + 1;
			continue;
		}
		last = plain_last(tokens, token_is(tokens, at, "do") ? at + 1 : at);
		if (token_is(tokens, at, "do") && token_is(tokens, last + 1, "while"))
			last = plain_last(tokens, last + 1);
		if (!ifs || !token_is(tokens, last + 1, "else"))
			return last;
		ifs--;
		at = last + 2;
	}
	return tokens_count(tokens) - 1;
}
