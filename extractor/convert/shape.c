// SPDX-License-Identifier: GPL-2.0-only
#include "flowcheck.h"
#include "locals.h"
#include "shape.h"

static const char *loop_rule(const struct loop *loop)
{
	static const char *const rules[] = {
		[LOOP_UP] = "loop-up", [LOOP_DOWN] = "loop-down", [LOOP_REST] = "loop-rest",
		[LOOP_WHILE] = "loop-while",
	};

	if (loop->dirty == DIRTY_ALWAYS)
		return "dirty-loop";
	return loop->dirty == DIRTY_IF ? "dirty-cond-loop" : rules[loop->kind];
}

/* Does the loop count with the index that it was given? */
static bool index_comes_in(const struct loop *loop)
{
	return loop->kind == LOOP_REST || loop->kind == LOOP_WHILE ||
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
	struct range index = { loop->index, loop->index };

	return count_is_sane(source, function, loop->count, loop->first, loop->last) &&
	       (loop->kind != LOOP_REST ||
		count_is_sane(source, function, index, loop->first, loop->last));
}

/* Why one call must not stand for the loop; NULL when it may. */
static const char *loop_objection(const struct source *source, const struct function *function,
				  const struct loop *loop)
{
	if (!index_is_dead(source, function, loop))
		return "the loop's index may be read after it";
	if (!element_is_dead(source, function, loop))
		return "the loop's page may be read after it";
	if (!counts_are_sane(source, function, loop))
		return "the count may be negative here";
	if (loop->kind == LOOP_REST && token_is(source, loop->last + 1, "else"))
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
	int close = source_token(source, callee + 1)->match, at = callee + 2;
	struct shape shape = { "release-pages", "", callee, close };
	struct range count;

	while (at < close && !token_is(source, at, ","))
		at = source_token(source, at)->match > at ? source_token(source, at)->match + 1 : at + 1;
	count = (struct range){ at + 1, close - 1 };
	if (!function || count_is_sane(source, function, count, callee, close))
		return shape;
	shape.rule = NULL;
	shape.reason = "the count of release_pages() may be negative, and an unsigned long cannot be";
	return shape;
}

struct shape shape_of(const struct source *source, int callee)
{
	const struct function *function = source_function(source, callee);
	struct shape shape = { "single", "", callee, callee };
	const char *objection;
	struct loop loop;

	if (token_is(source, callee, "release_pages"))
		return array_shape(source, function, callee);
	if (!function || !token_is(source, callee, "put_page") || !is_statement(source, callee))
		return shape;
	if (!loop_parse(source, callee, &loop, &shape.reason))
		return shape;
	objection = loop_objection(source, function, &loop);
	if (!objection)
		return (struct shape){ loop_rule(&loop), "", loop.first, loop.last };
	shape.reason = objection;
	return shape;
}
