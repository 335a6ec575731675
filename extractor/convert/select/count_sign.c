// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/select/count_sign.h"
#include "convert/select/token_liveness.h"
#include "convert/tidy/local_variable.h"
#include "ctext/statement.h"

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define CALLERS_DEPTH 2
#define COPIES_DEPTH 3

/**
 * struct count - a count under question
 * @knowledge: of functions by their names
 * @word: the variable or the member's name
 * @member: it is a member: every assignment in the file counts
 * @from, @to: the loop, in which it must not be negative
 */
struct count {
	const struct tokens *tokens;
	const struct token_function *function;
	const struct knowledge *knowledge;
	const char *word;
	bool member;
	int from, to, depth;
};

static bool word_is_upper(const struct tokens *tokens, int token)
{
	const struct token *word = tokens_at(tokens, token);

	for (guint i = word->start; i < word->end; i++)
		if (g_ascii_islower(tokens->text[i]))
			return false;
	return true;
}

/* The name of a function that returns pages or an error; of one that returns a plain number. */
static bool is_known(const struct count *count, const char *name, unsigned int detail)
{
	return knowledge_details(count->knowledge, KNOW_RESULT, name) & detail;
}

static bool returns_error(const struct count *count, const struct token_function *function)
{
	const struct tokens *tokens = count->tokens;

	for (int i = function->open; i < function->close; i++) {
		g_autofree char *word = tokens_at(tokens, i)->kind == TOKEN_WORD
					? token_text(tokens, i) : NULL;

		if (token_is(tokens, i, "-") && token_is_any(tokens, i - 1, WORDS("return", "=")))
			return true;
		if (word && token_is(tokens, i + 1, "(") && is_known(count, word, KNOWN(ERROR)))
			return true;
	}
	return false;
}

/* Is what the function gives back perhaps an error code? */
static bool call_may_fail(const struct count *count, int callee)
{
	g_autofree char *name = token_text(count->tokens, callee);
	const struct token_function *function = tokens_function_named(count->tokens, name);

	if (word_is_upper(count->tokens, callee) || !strcmp(name, "sizeof"))
		return false;
	if (function)
		return returns_error(count, function);
	if (is_known(count, name, KNOWN(ERROR)))
		return true;
	/* A member is rarely an error code: only a known one counts. */
	return !count->member && !is_known(count, name, KNOWN(COUNT));
}

static bool word_not_negative(struct count *count, int token);

/* Is the value from the token on perhaps an error code? */
static bool value_may_fail(const struct count *count, int first)
{
	const struct tokens *tokens = count->tokens;
	struct count copied = *count;

	/* Behind casts. */
	while (token_is(tokens, first, "(") && tokens_match(tokens, first) > first &&
	       tokens_match(tokens, first) < tokens_count(tokens) - 2)
		first = tokens_match(tokens, first) + 1;
	if (token_is(tokens, first, "-"))
		return true;
	if (tokens_at(tokens, first)->kind != TOKEN_WORD)
		return false;
	if (token_is(tokens, first + 1, "("))
		return call_may_fail(count, first);
	if (!token_is(tokens, first + 1, ";") || count->depth >= COPIES_DEPTH)
		return false;
	/* "n = ret;": n is as good as ret is here. */
	copied.function = tokens_function(tokens, first);
	copied.from = copied.to = first;
	copied.depth++;
	return copied.function && !word_not_negative(&copied, first);
}

static bool is_assignment(const struct count *count, int token)
{
	bool field = token_is(count->tokens, token - 1, "->") ||
		     token_is(count->tokens, token - 1, ".");

	return field == count->member && token_is(count->tokens, token + 1, "=");
}

/* The condition in first..last implies that the word is below zero (or not above it). */
static bool implies_negative(const struct count *count, int first, int last)
{
	for (int i = first; i <= last; i++) {
		if (token_is(count->tokens, i, "&&"))
			return false;
	}
	for (int i = tokens_find(count->tokens, count->word, first, last); i >= 0;
	     i = tokens_find(count->tokens, count->word, i + 1, last)) {
		if (token_is_any(count->tokens, i + 1, WORDS("<", "<=")) &&
		    token_is_any(count->tokens, i + 2, WORDS("0", "1")) &&
		    token_is_any(count->tokens, i + 3, WORDS(")", "||")))
			return true;
		if (token_is(count->tokens, i - 2, "IS_ERR_VALUE"))
			return true;
	}
	return false;
}

static bool implies_positive(const struct count *count, int first, int last)
{
	for (int i = first; i <= last; i++)
		if (token_is(count->tokens, i, "||"))
			return false;
	for (int i = tokens_find(count->tokens, count->word, first, last); i >= 0;
	     i = tokens_find(count->tokens, count->word, i + 1, last))
		if (token_is_any(count->tokens, i + 1, WORDS(">", ">=")) &&
		    tokens_at(count->tokens, i + 2)->kind == TOKEN_NUMBER &&
		    token_is_any(count->tokens, i + 3, WORDS(")", "&&")))
			return true;
	return false;
}

static bool label_is_past(const struct count *count, int name)
{
	g_autofree char *word = token_text(count->tokens, name);

	for (int i = tokens_find(count->tokens, word, count->to, count->function->close); i >= 0;
	     i = tokens_find(count->tokens, word, i + 1, count->function->close))
		if (token_is(count->tokens, i + 1, ":"))
			return true;
	return false;
}

/* The innermost loop or switch around the token, as its last token; the function's without one. */
static int breakable_end(const struct count *count, int token)
{
	int end = count->function->close;

	for (int i = count->function->open; i < token; i++)
		if (token_is_any(count->tokens, i, WORDS("for", "while", "do", "switch")) &&
		    statement_last(count->tokens, i) >= token)
			end = statement_last(count->tokens, i);
	return end;
}

/* The statement first..last does not go on to the loop with a bad count. */
static bool statement_leaves(const struct count *count, int first, int last)
{
	int final = first;

	for (int i = first; i < last; i++)
		if (token_is_any(count->tokens, i, WORDS(";", "{", "}")))
			final = i + 1 < last && !token_is(count->tokens, i + 1, "}") ? i + 1
										     : final;
	if (token_is(count->tokens, final, "{"))
		final++;
	if (token_is(count->tokens, final, "return"))
		return true;
	if (token_is(count->tokens, final, "goto"))
		return label_is_past(count, final + 1);
	if (token_is_any(count->tokens, final, WORDS("break", "continue")))
		return breakable_end(count, final) > count->to;
	return token_is(count->tokens, final, count->word) &&
	       token_is(count->tokens, final + 1, "=") && token_is(count->tokens, final + 2, "0");
}

static bool block_holds_loop(const struct count *count, int token)
{
	int open = statement_block(count->tokens, token);

	return open >= 0 && open < count->from &&
	       tokens_match(count->tokens, open) > count->to;
}

/* Can a goto reach a label between the check and the loop from elsewhere? */
static bool label_between(const struct count *count, int check)
{
	for (int i = check; i < count->from; i++)
		if (tokens_at(count->tokens, i)->kind == TOKEN_WORD &&
		    token_is(count->tokens, i + 1, ":") &&
		    token_is_any(count->tokens, i - 1, WORDS(";", "}", "{")))
			return true;
	return false;
}

/* "if (n < 0) return" between the assignment and the loop. */
static bool checked_before(const struct count *count, int assigned)
{
	const struct tokens *tokens = count->tokens;

	for (int i = assigned; i < count->from; i++) {
		int close;

		if (!token_is(tokens, i, "if") || !token_is(tokens, i + 1, "("))
			continue;
		close = tokens_match(tokens, i + 1);
		if (close > i && implies_negative(count, i + 1, close) &&
		    statement_last(tokens, close + 1) < count->from && block_holds_loop(count, i) &&
		    statement_leaves(count, close + 1, statement_last(tokens, close + 1)))
			return !label_between(count, i);
	}
	return false;
}

/* The loop stands in "if (n > 0)", or in the else of "if (n < 0)". */
static bool checked_around(const struct count *count, int assigned)
{
	const struct tokens *tokens = count->tokens;

	for (int i = assigned; i < count->from; i++) {
		int close, then;

		if (!token_is(tokens, i, "if") || !token_is(tokens, i + 1, "("))
			continue;
		close = tokens_match(tokens, i + 1);
		if (close < i)
			continue;
		then = statement_last(tokens, close + 1);
		if (then >= count->to && close < count->from &&
		    implies_positive(count, i + 1, close))
			return !label_between(count, i);
		if (then < count->from && token_is(tokens, then + 1, "else") &&
		    statement_last(tokens, then + 2) >= count->to &&
		    implies_negative(count, i + 1, close))
			return !label_between(count, i);
	}
	return false;
}

static bool assignment_is_checked(const struct count *count, int token)
{
	const struct token_function *function = tokens_function(count->tokens, token);
	struct count here = *count;

	/* Elsewhere in the file: the check belongs beside the assignment. */
	if (function && function != count->function) {
		here.function = function;
		here.from = here.to = function->close - 1;
	}
	if (token > here.to)
		return !token_liveness_runs_again(here.tokens, here.function, here.from, token);
	return token < here.from &&
	       (checked_before(&here, token) || checked_around(&here, token));
}

static bool assignments_not_negative(const struct count *count)
{
	int first = count->member ? 0 : count->function->open;
	int last = count->member ? tokens_count(count->tokens) - 3 : count->function->close;

	for (int i = tokens_find(count->tokens, count->word, first, last); i >= 0;
	     i = tokens_find(count->tokens, count->word, i + 1, last))
		if (is_assignment(count, i) && value_may_fail(count, i + 2) &&
		    !assignment_is_checked(count, i))
			return false;
	return true;
}

/* The argument's position of a parameter. */
static int param_position(const struct count *count, const struct local *param)
{
	int position = 0;

	for (int i = count->function->params + 1; i < param->name; i++)
		position += token_is(count->tokens, i, ",");
	return position;
}

/* Every caller in this file gives a sane count. */
static bool callers_not_negative(const struct count *count, const struct local *param)
{
	const struct tokens *tokens = count->tokens;
	g_autofree char *name = token_text(tokens, count->function->name);
	int position = param_position(count, param);

	for (int i = tokens_find(tokens, name, 0, tokens_count(tokens) - 2); i >= 0;
	     i = tokens_find(tokens, name, i + 1, tokens_count(tokens) - 2)) {
		const struct token_function *caller = tokens_function(tokens, i);
		struct count there = { .tokens = tokens, .function = caller,
				       .knowledge = count->knowledge, .from = i, .to = i,
				       .depth = count->depth + 1 };
		int at = i + 2, close = tokens_match(tokens, i + 1);

		if (!caller || caller == count->function || !token_is(tokens, i + 1, "("))
			continue;
		for (int left = position; left && at < close; at++) {
			if (token_is(tokens, at, ","))
				left--;
			else if (tokens_match(tokens, at) > at)
				at = tokens_match(tokens, at);
		}
		if (tokens_at(tokens, at)->kind == TOKEN_WORD &&
		    token_is_any(tokens, at + 1, WORDS(",", ")")) && !word_not_negative(&there, at))
			return false;
	}
	return true;
}

static bool word_not_negative(struct count *count, int token)
{
	g_autofree char *word = token_text(count->tokens, token);
	struct local local;

	count->word = word;
	count->member = token_is(count->tokens, token - 1, "->") ||
			token_is(count->tokens, token - 1, ".");
	if (count->member || !local_find(count->tokens, count->function, word, token, &local))
		return assignments_not_negative(count);
	if (local_is_unsigned(count->tokens, &local))
		return true;
	if (!assignments_not_negative(count))
		return false;
	return !local.param || count->depth >= CALLERS_DEPTH || callers_not_negative(count, &local);
}

/* As the graph has it; it has local variables only. */
static enum fact local_negative(const struct site_view *view, int word, int first)
{
	struct fact_place place = site_view_place(view, first == view->callee ? -1 : first);
	g_autofree char *name = token_text(view->tokens, word);

	if (token_is_any(view->tokens, word - 1, WORDS("->", ".")) ||
	    !local_is_only_one(view->tokens, view->function, name))
		return FACT_UNKNOWN;
	return site_facts_negative(view->facts, place, name);
}

bool count_sign_not_negative(const struct site_view *view, struct token_range range, int first,
			     int last)
{
	const struct tokens *tokens = view->tokens;

	for (int i = range.first; i <= range.last; i++) {
		struct count count = {
			.tokens = tokens, .function = view->function, .from = first, .to = last,
			.knowledge = site_facts_knowledge(view->facts),
		};
		enum fact negative;

		if (tokens_at(tokens, i)->kind != TOKEN_WORD ||
		    token_is_any(tokens, i + 1, WORDS("->", ".", "(")))
			continue;
		negative = local_negative(view, i, first);
		if (negative == FACT_YES ||
		    (negative == FACT_UNKNOWN && !word_not_negative(&count, i)))
			return false;
	}
	return true;
}
