// SPDX-License-Identifier: GPL-2.0-only
#include "convert/select/rules.h"

static bool is_guarded(const struct loop *loop)
{
	return loop->guard != GUARD_NO;
}

static bool dirties_always(const struct loop *loop)
{
	return loop->dirty == DIRTY_ALWAYS;
}

static bool dirties_if(const struct loop *loop)
{
	return loop->dirty == DIRTY_IF;
}

static bool is_up(const struct loop *loop)
{
	return loop->kind == LOOP_UP;
}

static bool is_down(const struct loop *loop)
{
	return loop->kind == LOOP_DOWN;
}

static bool is_rest(const struct loop *loop)
{
	return loop->kind == LOOP_REST;
}

static bool is_while(const struct loop *loop)
{
	return loop->kind == LOOP_WHILE;
}

/* One release in place of a loop. */
#define PAGES(...) \
	.becomes = "put_user_pages", .extent = EXTENT_STATEMENT, .on_miss = LIMIT_LOOP_STAYS, \
	__VA_ARGS__
#define PAGES_DIRTY(...) \
	.becomes = "put_user_pages_dirty_lock", .extent = EXTENT_STATEMENT, .adds_if = true, \
	.makes_dirty = true, .on_miss = LIMIT_LOOP_STAYS, __VA_ARGS__

static const struct rule rules[] = {
	[RULE_ACQUIRE] = { "acquire", NULL, .on_miss = LIMIT_REFUSE },
	[RULE_EXTRACT] = { "extract", "iov_iter_extract_pages", EXTENT_CALL, .adds_local = true,
			   .on_miss = LIMIT_REFUSE },
	[RULE_SINGLE] = { "single", "put_user_page", .on_miss = LIMIT_REFUSE },
	[RULE_ITERATOR] = { "iterator", "put_user_page", .on_miss = LIMIT_SINGLE },
	[RULE_LOOP_MORE] = { "loop-more", "put_user_page", .on_miss = LIMIT_SINGLE },
	/* Chosen where another one fits, but the count may be negative. */
	[RULE_LOOP_PARTIAL] = { "loop-partial", PAGES(.adds_if = true) },
	[RULE_FOLIO] = { "folio", "unpin_user_folio", EXTENT_CALL, .on_miss = LIMIT_REFUSE },
	[RULE_FOLIO_PAGE] = { "folio-page", "unpin_user_page", EXTENT_CALL,
			      .on_miss = LIMIT_REFUSE },
	[RULE_RELEASE_PAGES] = { "release-pages", "put_user_pages", EXTENT_CALL,
				 .on_miss = LIMIT_REFUSE },
	[RULE_RELEASE_PARTIAL] = { "release-partial", PAGES(.adds_if = true) },
	/* By the loop: of those that fit, the first is taken. */
	[RULE_NAMED] = { "loop-guard", PAGES(.adds_if = true, .fits = is_guarded),
		.miss = REASON_CONDITION_KEPT },
	{ "dirty-loop", PAGES_DIRTY(.fits = dirties_always) },
	{ "dirty-cond-loop", PAGES_DIRTY(.fits = dirties_if) },
	{ "loop-up", PAGES(.fits = is_up) },
	{ "loop-down", PAGES(.fits = is_down) },
	{ "loop-rest", PAGES(.adds_if = true, .fits = is_rest) },
	{ "loop-while", PAGES(.fits = is_while) },
};

const struct rule *rule_get(enum rule_id id)
{
	return &rules[id];
}

const struct rule *rule_for_loop(const struct loop *loop)
{
	for (guint i = 0; i < G_N_ELEMENTS(rules); i++)
		if (rules[i].fits && rules[i].fits(loop))
			return &rules[i];
	return NULL;
}
