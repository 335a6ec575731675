// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/select/flowcheck.h"
#include "convert/select/locals.h"

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static bool is_label(const struct source *source, int token)
{
	return token_is_any(source, token, WORDS("case", "default")) ||
	       (source_token(source, token)->kind == TOKEN_WORD && token_is(source, token + 1, ":") &&
		token_is_any(source, token - 1, WORDS(";", "}", "{", ":")));
}

static bool follows_condition(const struct source *source, int first)
{
	return token_is_any(source, first - 1, WORDS(")", "else"));
}

/* for_each_sg(list, sg, count, i): the last argument is set by the macro. */
static bool is_iterator(const struct source *source, int token)
{
	int first = statement_first(source, token);
	const char *text = source->text + source_token(source, first)->start;

	return !strncmp(text, "for_each", strlen("for_each")) && token_is(source, token + 1, ")") &&
	       source_token(source, first + 1)->match == token + 1;
}

/* Where the value that is assigned at the token is sure to be the variable's: *from..*to. */
static bool assignment_reach(const struct source *source, int token, int *from, int *to)
{
	int first = statement_first(source, token), open = block_open(source, token), end;

	if (is_iterator(source, token)) {
		end = token;
		*to = statement_last(source, token + 2);
	} else if (!token_is(source, token + 1, "=")) {
		return false;
	} else if (token_is(source, first, "for") && token_is(source, first + 1, "(")) {
		for (end = token; !token_is(source, end, ";"); end++)
			;
		*to = statement_last(source, first);
	} else if (first == token) {
		end = statement_last(source, token);
		*to = end;
	} else {
		return false;
	}
	*from = end + 1;
	if (!follows_condition(source, first) && open >= 0)
		*to = source_token(source, open)->match;
	for (int i = *from; i < *to; i++)
		if (is_label(source, i))
			*to = i;
	return true;
}

/* The keyword of the outermost loop around the token, or the token. */
static int outermost_loop(const struct source *source, const struct function *function, int token)
{
	int outermost = token;

	for (int i = function->open + 1; i < token; i++) {
		if (token_is_any(source, i, WORDS("for", "while", "do")) &&
		    statement_last(source, i) > token)
			return i;
		/* for_each_something(...) { ... } */
		if (token_is(source, i, "{") && source_token(source, i)->match > token &&
		    token_is(source, i - 1, ")")) {
			int keyword = source_token(source, i - 1)->match - 1;

			if (keyword > 0 && !token_is_any(source, keyword, WORDS("if", "switch")))
				return keyword;
		}
	}
	return outermost;
}

/* The first label before the token to which a goto after it leads, or the token. */
static int backward_label(const struct source *source, const struct function *function, int token)
{
	for (int i = function->open + 1; i < token; i++) {
		g_autofree char *name = is_label(source, i) ? token_text(source, i) : NULL;

		for (int at = name ? source_find(source, name, token, function->close) : -1;
		     at >= 0; at = source_find(source, name, at + 1, function->close))
			if (token_is(source, at - 1, "goto"))
				return i;
	}
	return token;
}

bool runs_again(const struct source *source, const struct function *function, int earlier,
		int later)
{
	int loop = outermost_loop(source, function, earlier);

	if (loop < earlier) {
		/* for_each_something(): the body ends it. */
		int last = statement_last(source, loop);

		if (token_is(source, source_token(source, loop + 1)->match + 1, "{"))
			last = source_token(source, source_token(source, loop + 1)->match + 1)->match;
		if (last > later)
			return true;
	}
	return backward_label(source, function, earlier) < earlier;
}

/* Reads of the word in first..last come after an assignment there. */
static bool reads_are_covered(const struct source *source, const char *word, int first, int last)
{
	int covered_from = -1, covered_to = -1, from, to;

	for (int i = source_find(source, word, first, last); i >= 0;
	     i = source_find(source, word, i + 1, last)) {
		if (token_is(source, i - 1, "->") || token_is(source, i - 1, "."))
			continue;
		if (covered_from <= i && i <= covered_to)
			continue;
		if (!assignment_reach(source, i, &from, &to) || to < from) {
			if (token_is(source, i + 1, "=") && statement_first(source, i) == i)
				continue;
			return false;
		}
		if (source_find(source, word, i + 1, from - 1) >= 0)
			return false;
		covered_from = from;
		covered_to = to;
	}
	return true;
}

static bool address_taken(const struct source *source, const struct function *function,
			  const char *word)
{
	for (int i = source_find(source, word, function->open, function->close); i >= 0;
	     i = source_find(source, word, i + 1, function->close))
		if (token_is(source, i - 1, "&"))
			return true;
	return false;
}

/* Whatever way the code goes behind the loop, it sets the variable before it reads it. */
static bool set_at_once(const struct source *source, const char *word, int last)
{
	int open = block_open(source, last);

	for (int i = last + 1; open >= 0 && i < source_token(source, open)->match; i++) {
		if (token_is_any(source, i, WORDS("goto", "break", "continue")))
			return false;
		if (!token_is(source, i, word) || token_is(source, i - 1, "->") ||
		    token_is(source, i - 1, "."))
			continue;
		return block_open(source, i) == open && token_is(source, i + 1, "=") &&
		       statement_first(source, i) == i &&
		       source_find(source, word, i + 1, statement_last(source, i)) < 0;
	}
	return false;
}

bool variable_is_dead(const struct source *source, const struct function *function, int word,
		      int first, int last, bool again)
{
	g_autofree char *name = token_text(source, word);
	struct local local;
	int back;

	if (!local_find(source, function, name, word, &local) ||
	    source_find(source, "static", local.first, local.name) >= 0 ||
	    address_taken(source, function, name))
		return false;
	/* A body without braces of its own is left by more ways than the block shows. */
	if (!follows_condition(source, first) && set_at_once(source, name, last))
		return true;
	if (!reads_are_covered(source, name, last + 1, MIN(local.scope_end, function->close)))
		return false;
	back = MIN(outermost_loop(source, function, first), backward_label(source, function, first));
	/* Declared inside of the outer loop, it is new each time. */
	return back == first || local.first > back ||
	       reads_are_covered(source, name, back, again ? last : first);
}
