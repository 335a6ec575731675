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

static bool index_is_dead(const struct source *source, const struct function *function,
			  const struct loop *loop)
{
	return loop->index_declared ||
	       variable_is_dead(source, function, loop->index, loop->first, loop->last,
				index_comes_in(loop));
}

static bool element_is_dead(const struct source *source, const struct function *function,
			    const struct loop *loop)
{
	return loop->element < 0 || loop->element_declared ||
	       variable_is_dead(source, function, loop->element, loop->first, loop->last, false);
}

static bool counts_are_sane(const struct source *source, const struct function *function,
			    const struct loop *loop)
{
	struct range from = loop->start;

	if (range_is_empty(from))
		from = (struct range){ loop->index, loop->index };
	return count_is_sane(source, function, loop->count, loop->first, loop->last) &&
	       (loop->kind != LOOP_REST ||
		count_is_sane(source, function, from, loop->first, loop->last));
}

/* The call that takes the loop's place begins with an if, which must not take an else. */
static bool begins_with_if(const char *rule, const struct loop *loop)
{
	return !strcmp(rule, "loop-partial") || loop->kind == LOOP_REST ||
	       loop->guard == GUARD_ARRAY;
}

/* "if (n > 0)" may stand before the call: n is read once more, and the loop asked the same. */
static bool may_be_partial(const struct source *source, const struct loop *loop)
{
	if (loop->dirty != DIRTY_NO || loop->guard != GUARD_NO || loop->index_declared ||
	    loop->kind == LOOP_REST || !range_is_empty(loop->offset) ||
	    !range_is_lvalue(source, loop->count))
		return false;
	for (int i = loop->first; i < loop->last; i++)
		if (token_is_any(source, i, (const char *const[]){ "<", ">", ">=", NULL }))
			return true;
	return false;
}

/* Why one call must not stand for the loop; NULL when it may, by *rule. */
static const char *loop_objection(const struct source *source, const struct function *function,
				  const struct loop *loop, const char **rule)
{
	*rule = loop_rule(loop);
	if (!index_is_dead(source, function, loop))
		return "the loop's index may be read after it";
	if (!element_is_dead(source, function, loop))
		return "the loop's page may be read after it";
	if (!counts_are_sane(source, function, loop)) {
		if (!may_be_partial(source, loop))
			return "the count may be negative here";
		*rule = "loop-partial";
	}
	if (begins_with_if(*rule, loop) && token_is(source, loop->last + 1, "else"))
		return "the loop stands before an else";
	if (loop->dirty != DIRTY_NO && !token_is(source, loop->dirty_call, "set_page_dirty_lock") &&
	    !may_sleep(source, function, loop->first))
		return "nothing shows that the dirtying may sleep here";
	return NULL;
}

static bool is_statement(const struct source *source, int callee)
{
	int close = source_token(source, callee + 1)->match;

	return close > 0 && token_is(source, close + 1, ";") &&
	       token_is_any(source, callee - 1,
			    (const char *const[]){ ";", "{", "}", ")", "else", "do", ":", NULL });
}

/* release_pages(pages, n): its n may be negative, that of put_user_pages() must not. */
static struct shape array_shape(const struct source *source, const struct function *function,
				int callee)
{
	int close = source_token(source, callee + 1)->match, at = callee + 2, last;
	struct shape shape = { "release-pages", "", callee, close };
	struct range count;

	while (at < close && !token_is(source, at, ","))
		at = source_token(source, at)->match > at ? source_token(source, at)->match + 1 : at + 1;
	for (last = at + 1; last < close - 1 && !token_is(source, last + 1, ","); last++)
		;
	count = (struct range){ at + 1, last };
	if (!function || count_is_sane(source, function, count, callee, close))
		return shape;
	if (is_statement(source, callee) && range_is_lvalue(source, count) &&
	    !token_is(source, close + 2, "else"))
		return (struct shape){ "release-partial", "", callee, close + 1 };
	shape.rule = NULL;
	shape.reason = "the count of release_pages() may be negative, and an unsigned long cannot be";
	return shape;
}

const char *shape_stays(const struct source *source, int callee)
{
	const struct function *function = source_function(source, callee);
	const char *rule = function ? loop_around(source, function, callee) : NULL;

	return rule ? rule : "single";
}

struct shape shape_of(const struct source *source, int callee)
{
	const struct function *function = source_function(source, callee);
	struct shape shape = { "single", "", callee, callee };
	const char *rule;
	struct loop loop;

	if (token_is(source, callee, "release_pages"))
		return array_shape(source, function, callee);
	if (!function || !token_is(source, callee, "put_page") || !is_statement(source, callee))
		return shape;
	if (loop_parse(source, callee, &loop, &shape.reason)) {
		shape.reason = loop_objection(source, function, &loop, &rule);
		if (!shape.reason)
			return (struct shape){ rule, "", loop.first, loop.last };
	}
	shape.rule = shape_stays(source, callee);
	return shape;
}
