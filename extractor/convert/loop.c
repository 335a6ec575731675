// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "locals.h"
#include "loop.h"
#include "respell.h"

#define NO_RANGE ((struct range){ -1, -2 })
#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static int match_of(const struct source *source, int token)
{
	return source_token(source, token)->match;
}

static bool is_empty(struct range range)
{
	return range.last < range.first;
}

static bool same_range(const struct source *source, struct range a, struct range b)
{
	return tokens_equal(source, a.first, a.last, source, b.first, b.last);
}

static bool same_token(const struct source *source, int a, int b)
{
	return tokens_equal(source, a, a, source, b, b);
}

/* Does an expression name the variable, or do something when it is read? */
static bool range_has(const struct source *source, struct range range, int word)
{
	for (int i = range.first; i <= range.last; i++)
		if (word >= 0 && same_token(source, i, word))
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

static bool range_acts(const struct source *source, struct range range)
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

static bool range_holds(const struct source *source, struct range range, const char *text)
{
	for (int i = range.first; i <= range.last; i++)
		if (token_is(source, i, text))
			return true;
	return false;
}

/* The index in brackets: "i", "i + X" or "X + i". */
static bool parse_subscript(const struct source *source, struct loop *loop, struct range sub)
{
	struct range index = { loop->index, loop->index };

	loop->offset = NO_RANGE;
	if (same_range(source, sub, index))
		return true;
	if (sub.last - sub.first < 2)
		return false;
	if (same_token(source, sub.first, loop->index) && token_is(source, sub.first + 1, "+"))
		loop->offset = (struct range){ sub.first + 2, sub.last };
	else if (same_token(source, sub.last, loop->index) && token_is(source, sub.last - 1, "+"))
		loop->offset = (struct range){ sub.first, sub.last - 2 };
	else
		return false;
	return !range_has(source, loop->offset, loop->index) && !range_acts(source, loop->offset) &&
	       !range_holds(source, loop->offset, "?");
}

/* "array[index]" */
static bool parse_element(const struct source *source, struct loop *loop, struct range range,
			  bool decrements)
{
	struct range sub;
	int open;

	if (!token_is(source, range.last, "]"))
		return false;
	open = match_of(source, range.last);
	if (open <= range.first)
		return false;
	loop->array = (struct range){ range.first, open - 1 };
	sub = (struct range){ open + 1, range.last - 1 };
	if (range_has(source, loop->array, loop->index) || range_acts(source, loop->array) ||
	    token_is_any(source, range.first, WORDS("*", "&")) ||
	    match_of(source, range.first) > range.first)
		return false;
	if (!decrements)
		return parse_subscript(source, loop, sub);
	loop->offset = NO_RANGE;
	return sub.last == sub.first + 1 && token_is(source, sub.first, "--") &&
	       same_token(source, sub.last, loop->index);
}

static bool steps(const struct source *source, struct range range, int index, const char *twice,
		  const char *by)
{
	if (range.last == range.first + 1)
		return (token_is(source, range.first, twice) && same_token(source, range.last, index)) ||
		       (token_is(source, range.last, twice) && same_token(source, range.first, index));
	return range.last == range.first + 2 && same_token(source, range.first, index) &&
	       token_is(source, range.first + 1, by) && token_is(source, range.last, "1");
}

/* "i = X", maybe with a type before it; *value gets X. */
static bool parse_init(const struct source *source, struct loop *loop, struct range init,
		       struct range *value)
{
	int at = init.first;

	while (at < init.last && !token_is(source, at, "="))
		at++;
	if (at == init.first || at >= init.last || source_token(source, at - 1)->kind != TOKEN_WORD)
		return false;
	loop->index = at - 1;
	loop->index_declared = at - 1 > init.first;
	*value = (struct range){ at + 1, init.last };
	return !token_is(source, at - 2, "->") && !token_is(source, at - 2, ".") &&
	       !range_acts(source, *value);
}

static bool ends_at_zero(const struct source *source, struct range cond, int index)
{
	return cond.last == cond.first + 2 && same_token(source, cond.first, index) &&
	       token_is(source, cond.first + 1, ">=") && token_is(source, cond.last, "0");
}

static bool parse_up(const struct source *source, struct loop *loop, struct range init,
		     struct range cond, struct range step)
{
	struct range value;

	if (cond.last < cond.first + 2 ||
	    !token_is_any(source, cond.first + 1, WORDS("<", "!=")))
		return false;
	loop->count = (struct range){ cond.first + 2, cond.last };
	if (is_empty(init)) {
		loop->kind = LOOP_REST;
		loop->index = cond.first;
		if (!token_is(source, cond.first + 1, "<"))
			return false;
	} else {
		loop->kind = LOOP_UP;
		if (!parse_init(source, loop, init, &value) || value.first != value.last ||
		    !token_is(source, value.first, "0"))
			return false;
	}
	return source_token(source, loop->index)->kind == TOKEN_WORD &&
	       same_token(source, cond.first, loop->index) &&
	       steps(source, step, loop->index, "++", "+=") &&
	       !range_has(source, loop->count, loop->index) &&
	       !range_holds(source, loop->count, "&&") && !range_holds(source, loop->count, "||") &&
	       !range_acts(source, loop->count);
}

static bool parse_down(const struct source *source, struct loop *loop, struct range init,
		       struct range cond, struct range step)
{
	struct range value;

	loop->kind = LOOP_DOWN;
	if (is_empty(init))
		return false;
	if (init.last == init.first + 1) {
		loop->index = token_is(source, init.first, "--") ? init.last : init.first;
		loop->count = (struct range){ loop->index, loop->index };
		if (!steps(source, init, loop->index, "--", "-="))
			return false;
	} else {
		if (!parse_init(source, loop, init, &value) || value.last < value.first + 2 ||
		    !token_is(source, value.last, "1") || !token_is(source, value.last - 1, "-"))
			return false;
		loop->count = (struct range){ value.first, value.last - 2 };
	}
	return ends_at_zero(source, cond, loop->index) &&
	       (loop->count.first == loop->index ||
		!range_has(source, loop->count, loop->index)) &&
	       steps(source, step, loop->index, "--", "-=");
}

static bool parse_for(const struct source *source, struct loop *loop, int open)
{
	int close = match_of(source, open), semi[2], found = 0;

	for (int i = open + 1; i < close; i++) {
		if (token_is(source, i, ";") && found < 2)
			semi[found++] = i;
		else if (match_of(source, i) > i)
			i = match_of(source, i);
	}
	if (found != 2)
		return false;
	struct range init = { open + 1, semi[0] - 1 };
	struct range cond = { semi[0] + 1, semi[1] - 1 };
	struct range step = { semi[1] + 1, close - 1 };

	return parse_up(source, loop, init, cond, step) ||
	       parse_down(source, loop, init, cond, step);
}

/* "n--", "n-- > 0", "--n >= 0": the index in the body is n. "n", "n > 0": it is --n there. */
static bool parse_while(const struct source *source, struct loop *loop, struct range cond,
			bool *decrements)
{
	int length = cond.last - cond.first + 1;

	*decrements = false;
	if (length == 1 || (length == 3 && token_is(source, cond.first + 1, ">") &&
			    token_is(source, cond.last, "0"))) {
		loop->index = cond.first;
		*decrements = true;
	} else if (length == 2 || length == 4) {
		struct range step = { cond.first, cond.first + 1 };
		bool before = token_is(source, cond.first, "--");

		loop->index = before ? cond.first + 1 : cond.first;
		if (!steps(source, step, loop->index, "--", "-=") ||
		    (length == 2 && before) ||
		    (length == 4 && (!token_is(source, cond.last, "0") ||
				     !token_is(source, cond.last - 1, before ? ">=" : ">"))))
			return false;
	} else {
		return false;
	}
	loop->count = (struct range){ loop->index, loop->index };
	return source_token(source, loop->index)->kind == TOKEN_WORD;
}

/* The argument of the one-argument call at *at; *at moves behind its semicolon. */
static bool parse_call(const struct source *source, int *at, struct range *arg)
{
	int open = *at + 1, close;

	if (source_token(source, *at)->kind != TOKEN_WORD || !token_is(source, open, "("))
		return false;
	close = match_of(source, open);
	if (close < open + 2 || !token_is(source, close + 1, ";"))
		return false;
	*arg = (struct range){ open + 1, close - 1 };
	*at = close + 2;
	return true;
}

static bool is_dirty_call(const struct source *source, int at)
{
	return token_is_any(source, at,
			    WORDS("set_page_dirty", "set_page_dirty_lock", "SetPageDirty")) &&
	       token_is(source, at + 1, "(");
}

/* "dirty(page);", alone or below an if, before the release. */
static bool parse_dirty(const struct source *source, struct loop *loop, int *at,
			struct range *page)
{
	int closing = -1;

	loop->dirty = DIRTY_NO;
	if (token_is(source, *at, "if") && token_is(source, *at + 1, "(")) {
		int close = match_of(source, *at + 1);

		loop->dirty = DIRTY_IF;
		loop->condition = (struct range){ *at + 2, close - 1 };
		*at = close + 1;
		if (token_is(source, *at, "{"))
			closing = match_of(source, (*at)++);
	}
	if (!is_dirty_call(source, *at))
		return loop->dirty == DIRTY_NO;
	if (loop->dirty == DIRTY_NO)
		loop->dirty = DIRTY_ALWAYS;
	loop->dirty_call = *at;
	if (!parse_call(source, at, page))
		return false;
	if (closing >= 0 && (*at)++ != closing)
		return false;
	return !token_is(source, *at, "else");
}

/* "struct page *page = array[i];" or "page = array[i];" */
static void parse_local(const struct source *source, struct loop *loop, int *at,
			struct range *value)
{
	int name = *at, last = statement_last(source, *at);

	loop->element = -1;
	if (token_is(source, name, "struct") && token_is(source, name + 1, "page") &&
	    token_is(source, name + 2, "*"))
		name += 3;
	if (source_token(source, name)->kind != TOKEN_WORD || !token_is(source, name + 1, "=") ||
	    last < name + 3)
		return;
	loop->element = name;
	loop->element_declared = name > *at;
	*value = (struct range){ name + 2, last - 1 };
	*at = last + 1;
}

static bool parse_body(const struct source *source, struct loop *loop, struct range body,
		       int callee, bool decrements, const char **reason)
{
	struct range value = NO_RANGE, dirtied = NO_RANGE, page;
	int at = body.first;

	*reason = "the loop does more than give back pages";
	loop->condition = NO_RANGE;
	parse_local(source, loop, &at, &value);
	if (!parse_dirty(source, loop, &at, &dirtied) || at != callee ||
	    !parse_call(source, &at, &page) || at != body.last + 1)
		return false;
	*reason = "the pages are not taken one by one from an array";
	if (!is_empty(dirtied) && !same_range(source, dirtied, page))
		return false;
	if (loop->element >= 0 && !same_range(source, page, (struct range){ loop->element, loop->element }))
		return false;
	if (!parse_element(source, loop, loop->element >= 0 ? value : page, decrements))
		return false;
	*reason = "whether a page is dirtied depends on the page";
	return loop->dirty != DIRTY_IF ||
	       (!range_has(source, loop->condition, loop->index) &&
		!range_has(source, loop->condition, loop->element) &&
		!range_acts(source, loop->condition));
}

/* Is the statement at the token the body of a loop, or part of it? */
static bool in_a_loop(const struct source *source, int token)
{
	int open = block_open(source, token);
	int head = token_is(source, token - 1, ")") ? token - 1 : open - 1;

	return head > 0 && (token_is(source, head, "do") ||
			    (token_is(source, head, ")") && match_of(source, head) > 0 &&
			     !token_is_any(source, match_of(source, head) - 1,
					   WORDS("if", "switch")) &&
			     block_open(source, head) >= 0));
}

/* The loop's keyword and its body; false when the statement is not in a loop of its own. */
static bool find_loop(const struct source *source, int callee, int *keyword, struct range *body,
		      const char **reason)
{
	int open = block_open(source, callee), head = callee - 1;

	*reason = "a single page";
	if (token_is(source, head, ")") || token_is(source, head, "do")) {
		*body = (struct range){ callee, statement_last(source, callee) };
	} else if (open > 0) {
		*body = (struct range){ open + 1, match_of(source, open) - 1 };
		head = open - 1;
	} else {
		return false;
	}
	*keyword = head;
	if (token_is(source, head, "do"))
		return true;
	if (!token_is(source, head, ")") || match_of(source, head) < 1)
		return false;
	*keyword = match_of(source, head) - 1;
	if (token_is_any(source, *keyword, WORDS("for", "while")))
		return true;
	if (token_is(source, *keyword, "if") && in_a_loop(source, *keyword))
		*reason = "the release depends on a condition of its own, which is kept";
	else if (strncmp(source->text + source_token(source, *keyword)->start, "for_each", 8) == 0)
		*reason = "the loop walks a list, not an array";
	return false;
}

/* The parentheses behind the keyword; those at the end of a do loop. */
static int condition_open(const struct source *source, const struct loop *loop)
{
	int open = loop->first + 1;

	if (token_is(source, loop->first, "do"))
		open = token_is(source, loop->last - 1, ")") ? match_of(source, loop->last - 1) : -1;
	return open > 0 && token_is(source, open, "(") && match_of(source, open) > open ? open : -1;
}

bool loop_parse(const struct source *source, int callee, struct loop *loop, const char **reason)
{
	bool decrements = false, known;
	struct range body, cond;
	int keyword, open;

	memset(loop, 0, sizeof(*loop));
	if (!find_loop(source, callee, &keyword, &body, reason))
		return false;
	loop->first = keyword;
	loop->last = statement_last(source, keyword);
	open = condition_open(source, loop);
	if (open < 0)
		return false;
	cond = (struct range){ open + 1, match_of(source, open) - 1 };
	*reason = "the loop does not count through an array one by one";
	if (token_is(source, keyword, "for")) {
		known = parse_for(source, loop, open);
	} else {
		loop->kind = LOOP_WHILE;
		known = parse_while(source, loop, cond, &decrements) &&
			(decrements || token_is(source, keyword, "while"));
	}
	if (!known || !parse_body(source, loop, body, callee, decrements, reason))
		return false;
	return loop_is_respellable(source, loop, reason);
}
