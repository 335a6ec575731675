// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/select/token_liveness.h"
#include "convert/tidy/local_variable.h"
#include "ctext/statement.h"

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static bool is_label(const struct tokens *tokens, int token)
{
	return token_is_any(tokens, token, WORDS("case", "default")) ||
	       (tokens_at(tokens, token)->kind == TOKEN_WORD && token_is(tokens, token + 1, ":") &&
		token_is_any(tokens, token - 1, WORDS(";", "}", "{", ":")));
}

static bool follows_condition(const struct tokens *tokens, int first)
{
	return token_is_any(tokens, first - 1, WORDS(")", "else"));
}

/* for_each_sg(list, sg, count, i): the last argument is set by the macro. */
static bool is_iterator(const struct tokens *tokens, int token)
{
	int first = statement_first(tokens, token);
	const char *text = tokens->text + tokens_at(tokens, first)->start;

	return !strncmp(text, "for_each", strlen("for_each")) && token_is(tokens, token + 1, ")") &&
	       tokens_match(tokens, first + 1) == token + 1;
}

/* Where the value that is assigned at the token is sure to be the variable's: *from..*to. */
static bool assignment_reach(const struct tokens *tokens, int token, int *from, int *to)
{
	int first = statement_first(tokens, token), open = statement_block(tokens, token), end;

	if (is_iterator(tokens, token)) {
		end = token;
		*to = statement_last(tokens, token + 2);
	} else if (!token_is(tokens, token + 1, "=")) {
		return false;
	} else if (token_is(tokens, first, "for") && token_is(tokens, first + 1, "(")) {
		for (end = token; !token_is(tokens, end, ";"); end++)
			;
		*to = statement_last(tokens, first);
	} else if (first == token) {
		end = statement_last(tokens, token);
		*to = end;
	} else {
		return false;
	}
	*from = end + 1;
	if (!follows_condition(tokens, first) && open >= 0)
		*to = tokens_match(tokens, open);
	for (int i = *from; i < *to; i++)
		if (is_label(tokens, i))
			*to = i;
	return true;
}

/* The keyword of the outermost loop around the token, or the token. */
static int outermost_loop(const struct tokens *tokens, const struct token_function *function,
			  int token)
{
	int outermost = token;

	for (int i = function->open + 1; i < token; i++) {
		if (token_is_any(tokens, i, WORDS("for", "while", "do")) &&
		    statement_last(tokens, i) > token)
			return i;
		/* for_each_something(...) { ... } */
		if (token_is(tokens, i, "{") && tokens_match(tokens, i) > token &&
		    token_is(tokens, i - 1, ")")) {
			int keyword = tokens_match(tokens, i - 1) - 1;

			if (keyword > 0 && !token_is_any(tokens, keyword, WORDS("if", "switch")))
				return keyword;
		}
	}
	return outermost;
}

/* The first label before the token to which a goto after it leads, or the token. */
static int backward_label(const struct tokens *tokens, const struct token_function *function,
			  int token)
{
	for (int i = function->open + 1; i < token; i++) {
		g_autofree char *name = is_label(tokens, i) ? token_text(tokens, i) : NULL;

		for (int at = name ? tokens_find(tokens, name, token, function->close) : -1;
		     at >= 0; at = tokens_find(tokens, name, at + 1, function->close))
			if (token_is(tokens, at - 1, "goto"))
				return i;
	}
	return token;
}

bool token_liveness_runs_again(const struct tokens *tokens, const struct token_function *function,
			       int earlier, int later)
{
	int loop = outermost_loop(tokens, function, earlier);

	if (loop < earlier) {
		/* for_each_something(): the body ends it. */
		int last = statement_last(tokens, loop);

		if (token_is(tokens, tokens_match(tokens, loop + 1) + 1, "{"))
			last = tokens_match(tokens, tokens_match(tokens, loop + 1) + 1);
		if (last > later)
			return true;
	}
	return backward_label(tokens, function, earlier) < earlier;
}

/* Reads of the word in first..last come after an assignment there. */
static bool reads_are_covered(const struct tokens *tokens, const char *word, int first, int last)
{
	int covered_from = -1, covered_to = -1, from, to;

	for (int i = tokens_find(tokens, word, first, last); i >= 0;
	     i = tokens_find(tokens, word, i + 1, last)) {
		if (token_is(tokens, i - 1, "->") || token_is(tokens, i - 1, "."))
			continue;
		if (covered_from <= i && i <= covered_to)
			continue;
		if (!assignment_reach(tokens, i, &from, &to) || to < from) {
			if (token_is(tokens, i + 1, "=") && statement_first(tokens, i) == i)
				continue;
			return false;
		}
		if (tokens_find(tokens, word, i + 1, from - 1) >= 0)
			return false;
		covered_from = from;
		covered_to = to;
	}
	return true;
}

static bool address_taken(const struct tokens *tokens, const struct token_function *function,
			  const char *word)
{
	for (int i = tokens_find(tokens, word, function->open, function->close); i >= 0;
	     i = tokens_find(tokens, word, i + 1, function->close))
		if (token_is(tokens, i - 1, "&"))
			return true;
	return false;
}

/* On each path behind the loop, the code sets the variable before it reads it. */
static bool set_at_once(const struct tokens *tokens, const char *word, int last)
{
	int open = statement_block(tokens, last);

	for (int i = last + 1; open >= 0 && i < tokens_match(tokens, open); i++) {
		if (token_is_any(tokens, i, WORDS("goto", "break", "continue")))
			return false;
		if (!token_is(tokens, i, word) || token_is(tokens, i - 1, "->") ||
		    token_is(tokens, i - 1, "."))
			continue;
		return statement_block(tokens, i) == open && token_is(tokens, i + 1, "=") &&
		       statement_first(tokens, i) == i &&
		       tokens_find(tokens, word, i + 1, statement_last(tokens, i)) < 0;
	}
	return false;
}

bool token_liveness_dead(const struct tokens *tokens, const struct token_function *function,
			 int word, int first, int last, bool again)
{
	g_autofree char *name = token_text(tokens, word);
	struct local local;
	int back;

	if (!local_find(tokens, function, name, word, &local) ||
	    tokens_find(tokens, "static", local.first, local.name) >= 0 ||
	    address_taken(tokens, function, name))
		return false;
	/* A body without braces of its own is left by more ways than the block shows. */
	if (!follows_condition(tokens, first) && set_at_once(tokens, name, last))
		return true;
	if (!reads_are_covered(tokens, name, last + 1, MIN(local.scope_end, function->close)))
		return false;
	back = MIN(outermost_loop(tokens, function, first),
		   backward_label(tokens, function, first));
	/* Declared inside of the outer loop, it is new each time. */
	return back == first || local.first > back ||
	       reads_are_covered(tokens, name, back, again ? last : first);
}
