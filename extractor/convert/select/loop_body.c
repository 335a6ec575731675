// SPDX-License-Identifier: GPL-2.0-only
#include "convert/select/locals.h"
#include "convert/select/loop_pattern.h"

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static int match_of(const struct source *source, int token)
{
	return source_token(source, token)->match;
}

bool loop_steps(const struct source *source, struct range range, int index, const char *twice,
		const char *by)
{
	if (range.last == range.first + 1)
		return (token_is(source, range.first, twice) && token_same(source, range.last, index)) ||
		       (token_is(source, range.last, twice) && token_same(source, range.first, index));
	return range.last == range.first + 2 && token_same(source, range.first, index) &&
	       token_is(source, range.first + 1, by) && token_is(source, range.last, "1");
}

/* The index in brackets: "i", "i + X" or "X + i". */
static bool parse_subscript(const struct source *source, struct loop *loop, struct range sub)
{
	struct range index = { loop->index, loop->index };

	loop->offset = NO_RANGE;
	if (range_same(source, sub, index))
		return true;
	if (sub.last - sub.first < 2)
		return false;
	if (token_same(source, sub.first, loop->index) && token_is(source, sub.first + 1, "+"))
		loop->offset = (struct range){ sub.first + 2, sub.last };
	else if (token_same(source, sub.last, loop->index) && token_is(source, sub.last - 1, "+"))
		loop->offset = (struct range){ sub.first, sub.last - 2 };
	else
		return false;
	return !range_has(source, loop->offset, loop->index) && !range_acts(source, loop->offset) &&
	       !range_holds(source, loop->offset, "?");
}

/* "--i", "i - 1" or "i++", as the loop counts. */
static bool is_counting(const struct source *source, const struct loop *loop, struct range sub)
{
	if (loop->entry == ENTRY_LOWERED)
		return sub.last == sub.first + 1 && token_is(source, sub.first, "--") &&
		       token_same(source, sub.last, loop->index);
	if (loop->entry == ENTRY_RAISED)
		return sub.last == sub.first + 1 && token_is(source, sub.last, "++") &&
		       token_same(source, sub.first, loop->index);
	return sub.last == sub.first + 2 && token_same(source, sub.first, loop->index) &&
	       token_is(source, sub.first + 1, "-") && token_is(source, sub.last, "1");
}

/* "array[index]" */
static bool parse_element(const struct source *source, struct loop *loop, struct range range)
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
	loop->offset = NO_RANGE;
	return loop->entry == ENTRY_PLAIN ? parse_subscript(source, loop, sub)
					  : is_counting(source, loop, sub);
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

/* "i--;" before anything else: what follows takes pages[i]. */
static void parse_step(const struct source *source, struct loop *loop, int *at)
{
	if (loop->entry != ENTRY_LOWERED || !token_is(source, *at + 2, ";") ||
	    !loop_steps(source, (struct range){ *at, *at + 1 }, loop->index, "--", "-="))
		return;
	loop->entry = ENTRY_PLAIN;
	*at += 3;
}

/* "pages[i]", "pages[i] != NULL" */
static struct range guarded_entry(const struct source *source, struct range range)
{
	if (range.last > range.first + 2 && token_is(source, range.last, "NULL") &&
	    token_is(source, range.last - 1, "!="))
		range.last -= 2;
	return range;
}

/* "if (pages[i]) release(pages[i]);" is all of the body. */
static bool parse_guarded(const struct source *source, struct loop *loop, struct range body,
			  int callee)
{
	int at = body.first + 1, close = match_of(source, at);
	struct range guard = { at + 1, close - 1 }, page;

	at = close + 1;
	if (token_is(source, at, "{"))
		at++;
	if (at != callee || !parse_call(source, &at, &page))
		return false;
	if (token_is(source, close + 1, "{") && !token_is(source, at++, "}"))
		return false;
	loop->guard = GUARD_ENTRY;
	loop->element = -1;
	return at == body.last + 1 && loop->kind == LOOP_UP && loop->entry == ENTRY_PLAIN &&
	       range_same(source, guarded_entry(source, guard), page) &&
	       parse_element(source, loop, page) && range_is_empty(loop->offset);
}

/* The array that is asked for first is the one that is read. */
static bool guard_fits(const struct source *source, const struct loop *loop)
{
	return loop->guard != GUARD_ARRAY ||
	       (loop->dirty == DIRTY_NO && loop->element < 0 && range_is_empty(loop->offset) &&
		range_same(source, loop->guarding, loop->array));
}

bool loop_body_parse(const struct source *source, struct loop *loop, struct range body, int callee,
		     const char **reason)
{
	struct range value = NO_RANGE, dirtied = NO_RANGE, page;
	int at = body.first;

	*reason = "the release depends on a condition of its own, which is kept";
	if (token_is(source, at, "if") && match_of(source, at + 1) > 0 &&
	    statement_last(source, at) > callee)
		return loop->guard == GUARD_NO && parse_guarded(source, loop, body, callee);
	*reason = "the loop does more than give back pages";
	loop->condition = NO_RANGE;
	parse_step(source, loop, &at);
	parse_local(source, loop, &at, &value);
	if (!parse_dirty(source, loop, &at, &dirtied) || at != callee ||
	    !parse_call(source, &at, &page) || at != body.last + 1)
		return false;
	*reason = "the pages are not taken one by one from an array";
	if (!range_is_empty(dirtied) && !range_same(source, dirtied, page))
		return false;
	if (loop->element >= 0 && !range_same(source, page, (struct range){ loop->element, loop->element }))
		return false;
	if (!parse_element(source, loop, loop->element >= 0 ? value : page) || !guard_fits(source, loop))
		return false;
	/* What takes pages[--i] and dirties it first would count twice. */
	if (loop->entry != ENTRY_PLAIN && loop->entry != ENTRY_BELOW && !range_is_empty(dirtied) &&
	    loop->element < 0)
		return false;
	*reason = "whether a page is dirtied depends on the page";
	return loop->dirty != DIRTY_IF ||
	       (!range_has(source, loop->condition, loop->index) &&
		!range_has(source, loop->condition, loop->element) &&
		!range_acts(source, loop->condition));
}
