// SPDX-License-Identifier: GPL-2.0-only
#include "convert/select/loop_pattern.h"
#include "ctext/statement.h"

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

bool loop_steps(const struct tokens *tokens, struct token_range range, int index, const char *twice,
		const char *by)
{
	if (range.last == range.first + 1)
		return (token_is(tokens, range.first, twice) &&
			token_same(tokens, range.last, index)) ||
		       (token_is(tokens, range.last, twice) &&
			token_same(tokens, range.first, index));
	return range.last == range.first + 2 && token_same(tokens, range.first, index) &&
	       token_is(tokens, range.first + 1, by) && token_is(tokens, range.last, "1");
}

/* The index in brackets: "i", "i + X" or "X + i". */
static bool parse_subscript(const struct tokens *tokens, struct loop *loop, struct token_range sub)
{
	struct token_range index = { loop->index, loop->index };

	loop->offset = NO_RANGE;
	if (token_range_same(tokens, sub, index))
		return true;
	if (sub.last - sub.first < 2)
		return false;
	if (token_same(tokens, sub.first, loop->index) && token_is(tokens, sub.first + 1, "+"))
		loop->offset = (struct token_range){ sub.first + 2, sub.last };
	else if (token_same(tokens, sub.last, loop->index) && token_is(tokens, sub.last - 1, "+"))
		loop->offset = (struct token_range){ sub.first, sub.last - 2 };
	else
		return false;
	return !token_range_has(tokens, loop->offset, loop->index) &&
	       !token_range_acts(tokens, loop->offset) &&
	       !token_range_holds(tokens, loop->offset, "?");
}

/* "--i", "i - 1" or "i++", as the loop counts. */
static bool is_counting(const struct tokens *tokens, const struct loop *loop,
			struct token_range sub)
{
	if (loop->entry == ENTRY_LOWERED)
		return sub.last == sub.first + 1 && token_is(tokens, sub.first, "--") &&
		       token_same(tokens, sub.last, loop->index);
	if (loop->entry == ENTRY_RAISED)
		return sub.last == sub.first + 1 && token_is(tokens, sub.last, "++") &&
		       token_same(tokens, sub.first, loop->index);
	return sub.last == sub.first + 2 && token_same(tokens, sub.first, loop->index) &&
	       token_is(tokens, sub.first + 1, "-") && token_is(tokens, sub.last, "1");
}

/* "array[index]" */
static bool parse_element(const struct tokens *tokens, struct loop *loop, struct token_range range)
{
	struct token_range sub;
	int open;

	if (!token_is(tokens, range.last, "]"))
		return false;
	open = tokens_match(tokens, range.last);
	if (open <= range.first)
		return false;
	loop->array = (struct token_range){ range.first, open - 1 };
	sub = (struct token_range){ open + 1, range.last - 1 };
	if (token_range_has(tokens, loop->array, loop->index) ||
	    token_range_acts(tokens, loop->array) ||
	    token_is_any(tokens, range.first, WORDS("*", "&")) ||
	    tokens_match(tokens, range.first) > range.first)
		return false;
	loop->offset = NO_RANGE;
	return loop->entry == ENTRY_PLAIN ? parse_subscript(tokens, loop, sub)
					  : is_counting(tokens, loop, sub);
}

/* The argument of the one-argument call at *at; *at moves behind its semicolon. */
static bool parse_call(const struct tokens *tokens, int *at, struct token_range *arg)
{
	int open = *at + 1, close;

	if (tokens_at(tokens, *at)->kind != TOKEN_WORD || !token_is(tokens, open, "("))
		return false;
	close = tokens_match(tokens, open);
	if (close < open + 2 || !token_is(tokens, close + 1, ";"))
		return false;
	*arg = (struct token_range){ open + 1, close - 1 };
	*at = close + 2;
	return true;
}

/* The function that dirties pages and is called at the token, or NULL. */
static const struct api *dirty_call(const struct tokens *tokens, const struct api_table *apis,
				    int at)
{
	g_autofree char *name = NULL;
	const struct api *api;

	if (tokens_at(tokens, at)->kind != TOKEN_WORD || !token_is(tokens, at + 1, "("))
		return NULL;
	name = token_text(tokens, at);
	api = api_find(apis, name);
	return api_has_role(api, ROLE_DIRTY) ? api : NULL;
}

/* "dirty(page);", alone or below an if, before the release. */
static bool parse_dirty(const struct tokens *tokens, const struct api_table *apis,
			struct loop *loop, int *at, struct token_range *page)
{
	const struct api *dirty;
	int closing = -1;

	loop->dirty = DIRTY_NO;
	if (token_is(tokens, *at, "if") && token_is(tokens, *at + 1, "(")) {
		int close = tokens_match(tokens, *at + 1);

		loop->dirty = DIRTY_IF;
		loop->condition = (struct token_range){ *at + 2, close - 1 };
		*at = close + 1;
		if (token_is(tokens, *at, "{"))
			closing = tokens_match(tokens, (*at)++);
	}
	dirty = dirty_call(tokens, apis, *at);
	if (!dirty)
		return loop->dirty == DIRTY_NO;
	if (loop->dirty == DIRTY_NO)
		loop->dirty = DIRTY_ALWAYS;
	loop->dirty_sleeps = dirty->detail == DETAIL_SLEEPS;
	if (!parse_call(tokens, at, page))
		return false;
	if (closing >= 0 && (*at)++ != closing)
		return false;
	return !token_is(tokens, *at, "else");
}

/* "struct page *page = array[i];" or "page = array[i];" */
static void parse_local(const struct tokens *tokens, struct loop *loop, int *at,
			struct token_range *value)
{
	int name = *at, last = statement_last(tokens, *at);

	loop->element = -1;
	if (token_is(tokens, name, "struct") && token_is(tokens, name + 1, "page") &&
	    token_is(tokens, name + 2, "*"))
		name += 3;
	if (tokens_at(tokens, name)->kind != TOKEN_WORD || !token_is(tokens, name + 1, "=") ||
	    last < name + 3)
		return;
	loop->element = name;
	loop->element_declared = name > *at;
	*value = (struct token_range){ name + 2, last - 1 };
	*at = last + 1;
}

/* "i--;" before anything else: what follows takes pages[i]. */
static void parse_step(const struct tokens *tokens, struct loop *loop, int *at)
{
	if (loop->entry != ENTRY_LOWERED || !token_is(tokens, *at + 2, ";") ||
	    !loop_steps(tokens, (struct token_range){ *at, *at + 1 }, loop->index, "--", "-="))
		return;
	loop->entry = ENTRY_PLAIN;
	*at += 3;
}

/* "pages[i]", "pages[i] != NULL" */
static struct token_range guarded_entry(const struct tokens *tokens, struct token_range range)
{
	if (range.last > range.first + 2 && token_is(tokens, range.last, "NULL") &&
	    token_is(tokens, range.last - 1, "!="))
		range.last -= 2;
	return range;
}

/* "if (pages[i]) release(pages[i]);" is all of the body. */
static bool parse_guarded(const struct tokens *tokens, struct loop *loop, struct token_range body,
			  int callee)
{
	int at = body.first + 1, close = tokens_match(tokens, at);
	struct token_range guard = { at + 1, close - 1 }, page;

	at = close + 1;
	if (token_is(tokens, at, "{"))
		at++;
	if (at != callee || !parse_call(tokens, &at, &page))
		return false;
	if (token_is(tokens, close + 1, "{") && !token_is(tokens, at++, "}"))
		return false;
	loop->guard = GUARD_ENTRY;
	loop->element = -1;
	return at == body.last + 1 && loop->kind == LOOP_UP && loop->entry == ENTRY_PLAIN &&
	       token_range_same(tokens, guarded_entry(tokens, guard), page) &&
	       parse_element(tokens, loop, page) && token_range_is_empty(loop->offset);
}

/* The array that is tested first is the one that is read. */
static bool guard_fits(const struct tokens *tokens, const struct loop *loop)
{
	return loop->guard != GUARD_ARRAY ||
	       (loop->dirty == DIRTY_NO && loop->element < 0 &&
		token_range_is_empty(loop->offset) &&
		token_range_same(tokens, loop->guarding, loop->array));
}

bool loop_body_parse(const struct tokens *tokens, const struct api_table *apis, struct loop *loop,
		     struct token_range body, int callee, enum reason_code *reason)
{
	struct token_range value = NO_RANGE, dirtied = NO_RANGE, page;
	int at = body.first;

	*reason = REASON_CONDITION_KEPT;
	if (token_is(tokens, at, "if") && tokens_match(tokens, at + 1) > 0 &&
	    statement_last(tokens, at) > callee)
		return loop->guard == GUARD_NO && parse_guarded(tokens, loop, body, callee);
	*reason = REASON_LOOP_DOES_MORE;
	loop->condition = NO_RANGE;
	parse_step(tokens, loop, &at);
	parse_local(tokens, loop, &at, &value);
	if (!parse_dirty(tokens, apis, loop, &at, &dirtied) || at != callee ||
	    !parse_call(tokens, &at, &page) || at != body.last + 1)
		return false;
	*reason = REASON_LOOP_NO_ARRAY;
	if (!token_range_is_empty(dirtied) && !token_range_same(tokens, dirtied, page))
		return false;
	if (loop->element >= 0 &&
	    !token_range_same(tokens, page, (struct token_range){ loop->element, loop->element }))
		return false;
	if (!parse_element(tokens, loop, loop->element >= 0 ? value : page) ||
	    !guard_fits(tokens, loop))
		return false;
	/* Dirtying pages[--i] and releasing it would count twice. */
	if (loop->entry != ENTRY_PLAIN && loop->entry != ENTRY_BELOW &&
	    !token_range_is_empty(dirtied) && loop->element < 0)
		return false;
	*reason = REASON_DIRTY_BY_PAGE;
	return loop->dirty != DIRTY_IF ||
	       (!token_range_has(tokens, loop->condition, loop->index) &&
		!token_range_has(tokens, loop->condition, loop->element) &&
		!token_range_acts(tokens, loop->condition));
}
