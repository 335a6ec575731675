// SPDX-License-Identifier: GPL-2.0-only
#include "convert/select/count_sign.h"
#include "convert/tidy/local_variable.h"
#include "convert/select/rule_select.h"
#include "convert/select/sleep_context.h"
#include "convert/select/token_liveness.h"

/* Does the loop count with the index that it was given? */
static bool index_comes_in(const struct loop *loop)
{
	return (loop->kind == LOOP_REST && token_range_is_empty(loop->start)) ||
	       loop->kind == LOOP_WHILE ||
	       (loop->kind == LOOP_DOWN && loop->count.first == loop->index);
}

/* The variable at token `word`; `again`: the loop reads what it was before, too. */
static bool variable_is_dead(const struct site_view *view, const struct loop *loop, int word,
			     bool again)
{
	g_autofree char *name = token_text(view->tokens, word);
	enum fact live = FACT_UNKNOWN;

	/*
	 * The graph has neither scopes nor storage classes: one variable of that name, no static.
	 */
	if (local_is_only_one(view->tokens, view->function, name))
		live = site_facts_live(view->facts, site_view_place(view, loop->first), name);
	if (live != FACT_UNKNOWN)
		return live == FACT_NO;
	return token_liveness_dead(view->tokens, view->function, word, loop->first, loop->last,
				   again);
}

static bool index_is_dead(const struct site_view *view, const struct loop *loop)
{
	return loop->index_declared ||
	       variable_is_dead(view, loop, loop->index, index_comes_in(loop));
}

static bool element_is_dead(const struct site_view *view, const struct loop *loop)
{
	return loop->element < 0 || loop->element_declared ||
	       variable_is_dead(view, loop, loop->element, false);
}

static bool counts_not_negative(const struct site_view *view, const struct loop *loop)
{
	struct token_range from = loop->start;

	if (token_range_is_empty(from))
		from = (struct token_range){ loop->index, loop->index };
	return count_sign_not_negative(view, loop->count, loop->first, loop->last) &&
	       (loop->kind != LOOP_REST ||
		count_sign_not_negative(view, from, loop->first, loop->last));
}

/* The graph has the loop count in another way than its text seems to. */
static bool counts_otherwise(const struct site_view *view, const struct loop *loop)
{
	g_autofree char *name = token_text(view->tokens, loop->index);

	return !loop->index_declared &&
	       local_is_only_one(view->tokens, view->function, name) &&
	       site_facts_steps_by_one(view->facts, site_view_place(view, loop->first), name) ==
	       FACT_NO;
}

/* The call that takes the loop's place begins with an if, which must not take an else. */
static bool begins_with_if(const struct rule *rule, const struct loop *loop)
{
	return rule == rule_get(RULE_LOOP_PARTIAL) || loop->kind == LOOP_REST ||
	       loop->guard == GUARD_ARRAY;
}

/* "if (n > 0)" may stand before the call: n is read once more; the loop had the same test. */
static bool may_be_partial(const struct tokens *tokens, const struct loop *loop)
{
	if (loop->dirty != DIRTY_NO || loop->guard != GUARD_NO || loop->index_declared ||
	    loop->kind == LOOP_REST || !token_range_is_empty(loop->offset) ||
	    !token_range_is_lvalue(tokens, loop->count))
		return false;
	for (int i = loop->first; i < loop->last; i++)
		if (token_is_any(tokens, i, (const char *const[]){ "<", ">", ">=", NULL }))
			return true;
	return false;
}

/* Why one call must not stand for the loop; REASON_NONE when it may, by *rule. */
static enum reason_code loop_objection(const struct site_view *view, const struct loop *loop,
				       const struct rule **rule)
{
	const struct tokens *tokens = view->tokens;

	*rule = rule_for_loop(loop);
	if (counts_otherwise(view, loop))
		return REASON_LOOP_NO_COUNT;
	if (!index_is_dead(view, loop))
		return REASON_LOOP_INDEX_READ;
	if (!element_is_dead(view, loop))
		return REASON_LOOP_PAGE_READ;
	if (!counts_not_negative(view, loop)) {
		if (!may_be_partial(tokens, loop))
			return REASON_COUNT_NEGATIVE;
		*rule = rule_get(RULE_LOOP_PARTIAL);
	}
	if (begins_with_if(*rule, loop) && token_is(tokens, loop->last + 1, "else"))
		return REASON_LOOP_BEFORE_ELSE;
	if (loop->dirty != DIRTY_NO && !loop->dirty_sleeps &&
	    !sleep_context_may_sleep(view, loop->first))
		return REASON_DIRTY_MAY_NOT_SLEEP;
	return REASON_NONE;
}

static bool is_statement(const struct tokens *tokens, int callee)
{
	int close = tokens_match(tokens, callee + 1);

	return close > 0 && token_is(tokens, close + 1, ";") &&
	       token_is_any(tokens, callee - 1,
			    (const char *const[]){ ";", "{", "}", ")", "else", "do", ":", NULL });
}

/* release_pages(pages, n): its n may be negative, that of put_user_pages() must not. */
static struct rule_choice choose_for_array(const struct site_view *view)
{
	const struct tokens *tokens = view->tokens;
	int callee = view->callee;
	int close = tokens_match(tokens, callee + 1), at = callee + 2, last;
	struct rule_choice choice = { rule_get(RULE_RELEASE_PAGES), REASON_NONE, callee, close };
	struct token_range count;

	while (at < close && !token_is(tokens, at, ","))
		at = tokens_match(tokens, at) > at ? tokens_match(tokens, at) + 1 : at + 1;
	for (last = at + 1; last < close - 1 && !token_is(tokens, last + 1, ","); last++)
		;
	count = (struct token_range){ at + 1, last };
	if (!view->function || count_sign_not_negative(view, count, callee, close))
		return choice;
	if (is_statement(tokens, callee) && token_range_is_lvalue(tokens, count) &&
	    !token_is(tokens, close + 2, "else"))
		return (struct rule_choice){ rule_get(RULE_RELEASE_PARTIAL), REASON_NONE, callee,
					     close + 1 };
	choice.rule = NULL;
	choice.reason = REASON_ARRAY_COUNT_NEGATIVE;
	return choice;
}

const struct rule *rule_select_kept(const struct tokens *tokens, int callee)
{
	const struct token_function *function = tokens_function(tokens, callee);

	switch (function ? loop_around(tokens, function, callee) : AROUND_NONE) {
	case AROUND_WALK:
		return rule_get(RULE_ITERATOR);
	case AROUND_LOOP:
		return rule_get(RULE_LOOP_MORE);
	default:
		return rule_get(RULE_SINGLE);
	}
}

struct rule_choice rule_select(const struct site_view *view)
{
	const struct tokens *tokens = view->tokens;
	int callee = view->callee;
	struct rule_choice choice = { rule_get(RULE_SINGLE), REASON_NONE, callee, callee };
	const struct rule *rule;
	struct loop loop;

	if (view->takes == DETAIL_ARRAY)
		return choose_for_array(view);
	if (!view->function || view->takes != DETAIL_PAGE || !is_statement(tokens, callee))
		return choice;
	if (loop_parse(tokens, site_facts_apis(view->facts), callee, &loop, &choice.reason)) {
		choice.reason = loop_objection(view, &loop, &rule);
		if (!choice.reason)
			return (struct rule_choice){ rule, REASON_NONE, loop.first, loop.last };
	}
	choice.rule = rule_select_kept(tokens, callee);
	return choice;
}
