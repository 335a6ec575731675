// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/select/flowcheck.h"
#include "convert/select/locals.h"
#include "convert/select/rule_select.h"

static const char *loop_rule(const struct loop *loop)
{
	static const char *const rules[] = {
		[LOOP_UP] = "loop-up", [LOOP_DOWN] = "loop-down", [LOOP_REST] = "loop-rest",
		[LOOP_WHILE] = "loop-while",
	};

	if (loop->guard != GUARD_NO)
		return "loop-guard";
	if (loop->dirty == DIRTY_ALWAYS)
		return "dirty-loop";
	return loop->dirty == DIRTY_IF ? "dirty-cond-loop" : rules[loop->kind];
}

/* Does the loop count with the index that it was given? */
static bool index_comes_in(const struct loop *loop)
{
	return (loop->kind == LOOP_REST && range_is_empty(loop->start)) || loop->kind == LOOP_WHILE ||
	       (loop->kind == LOOP_DOWN && loop->count.first == loop->index);
}

static bool index_is_dead(const struct tokens *tokens, const struct function *function,
			  const struct loop *loop)
{
	return loop->index_declared ||
	       variable_is_dead(tokens, function, loop->index, loop->first, loop->last,
				index_comes_in(loop));
}

static bool element_is_dead(const struct tokens *tokens, const struct function *function,
			    const struct loop *loop)
{
	return loop->element < 0 || loop->element_declared ||
	       variable_is_dead(tokens, function, loop->element, loop->first, loop->last, false);
}

static bool counts_are_sane(const struct tokens *tokens, const struct function *function,
			    const struct loop *loop)
{
	struct range from = loop->start;

	if (range_is_empty(from))
		from = (struct range){ loop->index, loop->index };
	return count_is_sane(tokens, function, loop->count, loop->first, loop->last) &&
	       (loop->kind != LOOP_REST ||
		count_is_sane(tokens, function, from, loop->first, loop->last));
}

/* The call that takes the loop's place begins with an if, which must not take an else. */
static bool begins_with_if(const char *rule, const struct loop *loop)
{
	return !strcmp(rule, "loop-partial") || loop->kind == LOOP_REST ||
	       loop->guard == GUARD_ARRAY;
}

/* "if (n > 0)" may stand before the call: n is read once more, and the loop asked the same. */
static bool may_be_partial(const struct tokens *tokens, const struct loop *loop)
{
	if (loop->dirty != DIRTY_NO || loop->guard != GUARD_NO || loop->index_declared ||
	    loop->kind == LOOP_REST || !range_is_empty(loop->offset) ||
	    !range_is_lvalue(tokens, loop->count))
		return false;
	for (int i = loop->first; i < loop->last; i++)
		if (token_is_any(tokens, i, (const char *const[]){ "<", ">", ">=", NULL }))
			return true;
	return false;
}

/* Why one call must not stand for the loop; NULL when it may, by *rule. */
static const char *loop_objection(const struct tokens *tokens, const struct function *function,
				  const struct loop *loop, const char **rule)
{
	*rule = loop_rule(loop);
	if (!index_is_dead(tokens, function, loop))
		return "the loop's index may be read after it";
	if (!element_is_dead(tokens, function, loop))
		return "the loop's page may be read after it";
	if (!counts_are_sane(tokens, function, loop)) {
		if (!may_be_partial(tokens, loop))
			return "the count may be negative here";
		*rule = "loop-partial";
	}
	if (begins_with_if(*rule, loop) && token_is(tokens, loop->last + 1, "else"))
		return "the loop stands before an else";
	if (loop->dirty != DIRTY_NO && !token_is(tokens, loop->dirty_call, "set_page_dirty_lock") &&
	    !may_sleep(tokens, function, loop->first))
		return "nothing shows that the dirtying may sleep here";
	return NULL;
}

static bool is_statement(const struct tokens *tokens, int callee)
{
	int close = tokens_match(tokens, callee + 1);

	return close > 0 && token_is(tokens, close + 1, ";") &&
	       token_is_any(tokens, callee - 1,
			    (const char *const[]){ ";", "{", "}", ")", "else", "do", ":", NULL });
}

/* release_pages(pages, n): its n may be negative, that of put_user_pages() must not. */
static struct shape array_shape(const struct tokens *tokens, const struct function *function,
				int callee)
{
	int close = tokens_match(tokens, callee + 1), at = callee + 2, last;
	struct shape shape = { "release-pages", "", callee, close };
	struct range count;

	while (at < close && !token_is(tokens, at, ","))
		at = tokens_match(tokens, at) > at ? tokens_match(tokens, at) + 1 : at + 1;
	for (last = at + 1; last < close - 1 && !token_is(tokens, last + 1, ","); last++)
		;
	count = (struct range){ at + 1, last };
	if (!function || count_is_sane(tokens, function, count, callee, close))
		return shape;
	if (is_statement(tokens, callee) && range_is_lvalue(tokens, count) &&
	    !token_is(tokens, close + 2, "else"))
		return (struct shape){ "release-partial", "", callee, close + 1 };
	shape.rule = NULL;
	shape.reason = "the count of release_pages() may be negative, and an unsigned long cannot be";
	return shape;
}

const char *shape_stays(const struct tokens *tokens, int callee)
{
	const struct function *function = tokens_function(tokens, callee);
	const char *rule = function ? loop_around(tokens, function, callee) : NULL;

	return rule ? rule : "single";
}

struct shape shape_of(const struct tokens *tokens, int callee)
{
	const struct function *function = tokens_function(tokens, callee);
	struct shape shape = { "single", "", callee, callee };
	const char *rule;
	struct loop loop;

	if (token_is(tokens, callee, "release_pages"))
		return array_shape(tokens, function, callee);
	if (!function || !token_is(tokens, callee, "put_page") || !is_statement(tokens, callee))
		return shape;
	if (loop_parse(tokens, callee, &loop, &shape.reason)) {
		shape.reason = loop_objection(tokens, function, &loop, &rule);
		if (!shape.reason)
			return (struct shape){ rule, "", loop.first, loop.last };
	}
	shape.rule = shape_stays(tokens, callee);
	return shape;
}
