// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/select/loop_pattern.h"
#include "convert/tidy/loop_normalise.h"
#include "ctext/statement.h"

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* "i = X", maybe with a type before it; *value gets X. */
static bool parse_init(const struct tokens *tokens, struct loop *loop, struct token_range init,
		       struct token_range *value)
{
	int at = init.first;

	while (at < init.last && !token_is(tokens, at, "="))
		at++;
	if (at == init.first || at >= init.last || tokens_at(tokens, at - 1)->kind != TOKEN_WORD)
		return false;
	loop->index = at - 1;
	loop->index_declared = at - 1 > init.first;
	*value = (struct token_range){ at + 1, init.last };
	return !token_is(tokens, at - 2, "->") && !token_is(tokens, at - 2, ".") &&
	       !token_range_acts(tokens, *value);
}

static bool ends_at_zero(const struct tokens *tokens, struct token_range cond, int index)
{
	return cond.last == cond.first + 2 && token_same(tokens, cond.first, index) &&
	       token_is(tokens, cond.first + 1, ">=") && token_is(tokens, cond.last, "0");
}

/* "pages && i < n": the test before goes to loop->guarding, and out of the condition. */
static void parse_array_guard(const struct tokens *tokens, struct loop *loop,
			      struct token_range *cond)
{
	for (int i = cond->first; i < cond->last; i++) {
		if (!token_is(tokens, i, "&&"))
			continue;
		loop->guarding = (struct token_range){ cond->first, i - 1 };
		if (!token_range_is_lvalue(tokens, loop->guarding))
			return;
		loop->guard = GUARD_ARRAY;
		cond->first = i + 1;
		return;
	}
}

static bool parse_start(const struct tokens *tokens, struct loop *loop, struct token_range init,
			struct token_range cond)
{
	if (token_range_is_empty(init)) {
		loop->kind = LOOP_REST;
		loop->index = cond.first;
	} else {
		if (!parse_init(tokens, loop, init, &loop->start) ||
		    token_range_has(tokens, loop->start, loop->index) ||
		    token_range_holds(tokens, loop->start, "?"))
			return false;
		loop->kind = LOOP_REST;
		if (loop->start.first == loop->start.last &&
		    token_is(tokens, loop->start.first, "0"))
			loop->kind = LOOP_UP;
	}
	return loop->kind == LOOP_UP ||
	       (token_is(tokens, cond.first + 1, "<") && loop->guard == GUARD_NO);
}

static bool parse_up(const struct tokens *tokens, struct loop *loop, struct token_range init,
		     struct token_range cond, struct token_range step)
{
	parse_array_guard(tokens, loop, &cond);
	if (cond.last < cond.first + 2 ||
	    !token_is_any(tokens, cond.first + 1, WORDS("<", "!=")))
		return false;
	loop->count = (struct token_range){ cond.first + 2, cond.last };
	return parse_start(tokens, loop, init, cond) &&
	       tokens_at(tokens, loop->index)->kind == TOKEN_WORD &&
	       token_same(tokens, cond.first, loop->index) &&
	       loop_steps(tokens, step, loop->index, "++", "+=") &&
	       !token_range_has(tokens, loop->count, loop->index) &&
	       !token_range_holds(tokens, loop->count, "&&") &&
	       !token_range_holds(tokens, loop->count, "||") &&
	       !token_range_acts(tokens, loop->count);
}

/* "i--" or "i-- > 0" */
static bool counts_down(const struct tokens *tokens, struct token_range cond, int index)
{
	struct token_range step = { cond.first, cond.first + 1 };

	return token_same(tokens, cond.first, index) &&
	       loop_steps(tokens, step, index, "--", "-=") &&
	       (cond.last == step.last ||
		(cond.last == step.last + 2 && token_is(tokens, step.last + 1, ">") &&
		 token_is(tokens, cond.last, "0")));
}

/* for (; i > 0; i--): the page is that below i. */
static bool parse_above(const struct tokens *tokens, struct loop *loop, struct token_range cond,
			struct token_range step)
{
	loop->index = cond.first;
	loop->count = (struct token_range){ cond.first, cond.first };
	loop->entry = ENTRY_BELOW;
	return tokens_at(tokens, loop->index)->kind == TOKEN_WORD && cond.last == cond.first + 2 &&
	       token_is(tokens, cond.first + 1, ">") && token_is(tokens, cond.last, "0") &&
	       loop_steps(tokens, step, loop->index, "--", "-=");
}

static bool parse_down(const struct tokens *tokens, struct loop *loop, struct token_range init,
		       struct token_range cond, struct token_range step)
{
	struct token_range value;

	loop->kind = LOOP_DOWN;
	loop->guard = GUARD_NO;
	if (token_range_is_empty(init))
		return parse_above(tokens, loop, cond, step);
	if (init.last == init.first + 1) {
		loop->index = token_is(tokens, init.first, "--") ? init.last : init.first;
		loop->count = (struct token_range){ loop->index, loop->index };
		return loop_steps(tokens, init, loop->index, "--", "-=") &&
		       ends_at_zero(tokens, cond, loop->index) &&
		       loop_steps(tokens, step, loop->index, "--", "-=");
	}
	if (!parse_init(tokens, loop, init, &value) || token_range_has(tokens, value, loop->index))
		return false;
	if (token_range_is_empty(step)) {
		loop->count = value;
		return counts_down(tokens, cond, loop->index);
	}
	loop->count = (struct token_range){ value.first, value.last - 2 };
	return value.last >= value.first + 2 && token_is(tokens, value.last, "1") &&
	       token_is(tokens, value.last - 1, "-") && ends_at_zero(tokens, cond, loop->index) &&
	       loop_steps(tokens, step, loop->index, "--", "-=");
}

static bool parse_for(const struct tokens *tokens, struct loop *loop, int open)
{
	int close = tokens_match(tokens, open), semi[2], found = 0;

	for (int i = open + 1; i < close; i++) {
		if (token_is(tokens, i, ";") && found < 2)
			semi[found++] = i;
		else if (tokens_match(tokens, i) > i)
			i = tokens_match(tokens, i);
	}
	if (found != 2)
		return false;
	struct token_range init = { open + 1, semi[0] - 1 };
	struct token_range cond = { semi[0] + 1, semi[1] - 1 };
	struct token_range step = { semi[1] + 1, close - 1 };

	return parse_up(tokens, loop, init, cond, step) ||
	       parse_down(tokens, loop, init, cond, step);
}

/* "n--", "n-- > 0", "--n >= 0": the index in the body is n. "n", "n > 0": it is --n there. */
static bool parse_while(const struct tokens *tokens, struct loop *loop, struct token_range cond)
{
	int length = cond.last - cond.first + 1;

	loop->kind = LOOP_WHILE;
	loop->index = cond.first;
	loop->count = (struct token_range){ cond.first, cond.first };
	if (length == 1 || (length == 3 && token_is(tokens, cond.first + 1, ">") &&
			    token_is(tokens, cond.last, "0"))) {
		loop->entry = ENTRY_LOWERED;
	} else if (length > 2 && token_is(tokens, cond.first + 1, "<")) {
		loop->kind = LOOP_REST;
		loop->entry = ENTRY_RAISED;
		loop->count = (struct token_range){ cond.first + 2, cond.last };
		if (token_range_has(tokens, loop->count, loop->index) ||
		    token_range_acts(tokens, loop->count) ||
		    token_range_holds(tokens, loop->count, "&&") ||
		    token_range_holds(tokens, loop->count, "||"))
			return false;
	} else if (!counts_down(tokens, cond, loop->index)) {
		loop->index = cond.first + 1;
		loop->count = (struct token_range){ loop->index, loop->index };
		return length == 4 && token_is(tokens, cond.first, "--") &&
		       tokens_at(tokens, loop->index)->kind == TOKEN_WORD &&
		       ends_at_zero(tokens, (struct token_range){ loop->index, cond.last },
				    loop->index);
	}
	return tokens_at(tokens, loop->index)->kind == TOKEN_WORD;
}

/* Is the statement at the token the body of a loop, or part of it? */
static bool in_a_loop(const struct tokens *tokens, int token)
{
	int open = statement_block(tokens, token);
	int head = token_is(tokens, token - 1, ")") ? token - 1 : open - 1;

	return head > 0 && (token_is(tokens, head, "do") ||
			    (token_is(tokens, head, ")") && tokens_match(tokens, head) > 0 &&
			     !token_is_any(tokens, tokens_match(tokens, head) - 1,
					   WORDS("if", "switch")) &&
			     statement_block(tokens, head) >= 0));
}

/* The loop's keyword and its body; false when the statement is not in a loop of its own. */
static bool find_loop(const struct tokens *tokens, int callee, int *keyword,
		      struct token_range *body, enum reason_code *reason)
{
	int open = statement_block(tokens, callee), head = callee - 1;

	*reason = REASON_SINGLE_PAGE;
	if (token_is(tokens, head, ")") || token_is(tokens, head, "do")) {
		*body = (struct token_range){ callee, statement_last(tokens, callee) };
	} else if (open > 0) {
		*body = (struct token_range){ open + 1, tokens_match(tokens, open) - 1 };
		head = open - 1;
	} else {
		return false;
	}
	*keyword = head;
	if (token_is(tokens, head, "do"))
		return true;
	if (!token_is(tokens, head, ")") || tokens_match(tokens, head) < 1)
		return false;
	*keyword = tokens_match(tokens, head) - 1;
	if (token_is_any(tokens, *keyword, WORDS("for", "while")))
		return true;
	if (token_is(tokens, *keyword, "if") && in_a_loop(tokens, *keyword))
		*reason = REASON_CONDITION_KEPT;
	else if (strncmp(tokens->text + tokens_at(tokens, *keyword)->start, "for_each", 8) == 0)
		*reason = REASON_LOOP_WALKS_LIST;
	return false;
}

/* The parentheses behind the keyword; those at the end of a do loop. */
static int condition_open(const struct tokens *tokens, const struct loop *loop)
{
	int open = loop->first + 1;

	if (token_is(tokens, loop->first, "do"))
		open = token_is(tokens, loop->last - 1, ")") ? tokens_match(tokens, loop->last - 1)
							     : -1;
	return open > 0 && token_is(tokens, open, "(") && tokens_match(tokens, open) > open ? open
											    : -1;
}

/* The if that holds nothing but the call, and has no else; -1 for none. */
static int guard_of(const struct tokens *tokens, int callee)
{
	int open = token_is(tokens, callee - 1, "{") ? callee - 2 : callee - 1, keyword;

	keyword = token_is(tokens, open, ")") ? tokens_match(tokens, open) - 1 : -1;
	return keyword > 0 && token_is(tokens, keyword, "if") &&
	       !token_is(tokens, keyword - 1, "else") &&
	       !token_is(tokens, statement_last(tokens, callee) + 1, "else") ? keyword : -1;
}

static bool loop_find(const struct tokens *tokens, struct loop *loop, int callee,
		      struct token_range *body, enum reason_code *reason)
{
	int guard = guard_of(tokens, callee);
	enum reason_code unused;

	if (!find_loop(tokens, callee, &loop->first, body, reason) &&
	    (guard < 0 || !find_loop(tokens, guard, &loop->first, body, &unused)))
		return false;
	loop->last = statement_last(tokens, loop->first);
	return true;
}

bool loop_parse(const struct tokens *tokens, const struct api_table *apis, int callee,
		struct loop *loop, enum reason_code *reason)
{
	int open, gone[] = { -1, -1, -1 };
	struct token_range body, cond;
	bool known;

	memset(loop, 0, sizeof(*loop));
	loop->start = loop->guarding = NO_RANGE;
	if (!loop_find(tokens, loop, callee, &body, reason))
		return false;
	open = condition_open(tokens, loop);
	if (open < 0)
		return false;
	cond = (struct token_range){ open + 1, tokens_match(tokens, open) - 1 };
	*reason = REASON_LOOP_NO_COUNT;
	if (token_is(tokens, loop->first, "for"))
		known = parse_for(tokens, loop, open);
	else
		known = parse_while(tokens, loop, cond) &&
			(loop->entry == ENTRY_LOWERED || token_is(tokens, loop->first, "while"));
	if (!known || !loop_body_parse(tokens, apis, loop, body, callee, reason))
		return false;
	gone[0] = loop->index;
	gone[1] = loop->element_declared ? loop->element : -1;
	*reason = loop_normalise_objection(tokens, loop->first, loop->last, gone);
	return !*reason;
}

static bool is_walk(const struct tokens *tokens, int token)
{
	const struct token *word = tokens_at(tokens, token);

	return word->kind == TOKEN_WORD && token_is(tokens, token + 1, "(") &&
	       g_strstr_len(tokens->text + word->start, word->end - word->start, "for_each");
}

enum loop_around loop_around(const struct tokens *tokens, const struct token_function *function,
			     int callee)
{
	enum loop_around around = AROUND_NONE;

	for (int i = function->open + 1; i < callee; i++) {
		bool walk = is_walk(tokens, i);
		int close = tokens_match(tokens, i + 1);

		if ((!walk && !token_is_any(tokens, i, WORDS("for", "while"))) || close < i ||
		    close > callee || token_is(tokens, close + 1, ";") ||
		    statement_last(tokens, close + 1) < callee)
			continue;
		around = walk ? AROUND_WALK : AROUND_LOOP;
	}
	return around;
}
