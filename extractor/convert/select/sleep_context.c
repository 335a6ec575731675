// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/select/sleep_context.h"
#include "ctext/statement.h"

#define CALLERS_DEPTH 4

/* The details that the knowledge has of the word at the token, of that kind; 0 for none. */
static unsigned int word_details(const struct site_view *view, int token, enum knowledge_kind kind)
{
	g_autofree char *name = NULL;

	if (token < 0 || tokens_at(view->tokens, token)->kind != TOKEN_WORD)
		return 0;
	name = token_text(view->tokens, token);
	return knowledge_details(site_facts_knowledge(view->facts), kind, name);
}

static bool is_lock(const struct site_view *view, int token, unsigned int details)
{
	return token_is(view->tokens, token + 1, "(") &&
	       word_details(view, token, KNOW_LOCK) & details;
}

/*
 * Is the lock that is taken at the token dropped again before `last`, whatever way the
 * code goes? A block of its own that drops it and returns does not count, unless
 * it is the block that takes it.
 */
static bool is_left(const struct site_view *view, int enter, int last)
{
	int own = statement_block(view->tokens, enter);

	for (int i = enter + 1; i < last; i++) {
		int open;

		if (!is_lock(view, i, KNOWN(LEAVE)))
			continue;
		open = statement_block(view->tokens, i);
		if (open == own || (open >= 0 && tokens_match(view->tokens, open) > last))
			return true;
	}
	return false;
}

static bool balanced(const struct site_view *view, int first, int last)
{
	for (int i = first; i < last; i++)
		if (is_lock(view, i, KNOWN(ENTER) | KNOWN(TRY)) && !is_left(view, i, last))
			return false;
	return true;
}

/* No lock is held at the token, in its function: as the graph has it, or else the tokens. */
static bool is_unlocked(const struct site_view *view, const struct token_function *function,
			int token, struct fact_place place)
{
	enum fact locked = site_facts_locked(view->facts, place);

	return locked == FACT_UNKNOWN ? balanced(view, function->open, token) : locked == FACT_NO;
}

/*
 * By the tokens alone: GFP_KERNEL is a number in the graph, and functions that sleep are often
 * macros, whose names the graph does not have.
 */
static bool shows_sleep(const struct site_view *view, const struct token_function *function)
{
	const struct knowledge *knowledge = site_facts_knowledge(view->facts);

	for (int i = function->open; i < function->close; i++) {
		g_autofree char *name = tokens_at(view->tokens, i)->kind == TOKEN_WORD ?
					token_text(view->tokens, i) : NULL;

		if (name && knowledge_has(knowledge, KNOW_SLEEPER, name))
			return true;
	}
	return false;
}

/* ".release = name": a use of the name that shows the context. */
static bool slot_sleeps(const struct site_view *view, int use)
{
	return token_is(view->tokens, use - 1, "=") && token_is(view->tokens, use - 3, ".") &&
	       word_details(view, use - 2, KNOW_SLOT) & KNOWN(PROCESS);
}

static bool function_sleeps(const struct site_view *view, const struct token_function *function,
			    int depth);

/* The caller's call in its graph, when the whole file is what was indexed. */
static struct fact_place use_place(const struct site_view *view, const struct token_function *user,
				   int use)
{
	const struct token *token = tokens_at(view->tokens, use);
	guint start = g_array_index(view->tokens->lines, guint, token->line - 1);

	if (!view->file_is_indexed || tokens_directive(view->tokens, user->open, user->close))
		return (struct fact_place){ NULL, -1, -1 };
	return site_facts_call_at(view->facts, view->file_id, token->line,
				  token->start - start + 1);
}

static bool use_sleeps(const struct site_view *view, const struct token_function *function, int use,
		       int depth)
{
	const struct token_function *user = tokens_function(view->tokens, use);

	if (!user)
		return slot_sleeps(view, use);
	if (!token_is(view->tokens, use + 1, "(") || user == function)
		return false;
	return is_unlocked(view, user, use, use_place(view, user, use)) &&
	       function_sleeps(view, user, depth);
}

/* The name at its own definition or a prototype is no use. */
static bool is_declaration(const struct tokens *tokens, const struct token_function *function,
			   int use)
{
	int close;

	if (use == function->name)
		return true;
	if (tokens_function(tokens, use) || !token_is(tokens, use + 1, "("))
		return false;
	close = tokens_match(tokens, use + 1);
	return close > use && token_is(tokens, close + 1, ";");
}

static bool users_sleep(const struct site_view *view, const struct token_function *function,
			int depth)
{
	const struct tokens *tokens = view->tokens;
	g_autofree char *name = token_text(tokens, function->name);
	int last = tokens_count(tokens) - 2, users = 0;

	for (int i = tokens_find(tokens, name, 0, last); i >= 0;
	     i = tokens_find(tokens, name, i + 1, last)) {
		if (is_declaration(tokens, function, i))
			continue;
		if (!use_sleeps(view, function, i, depth + 1))
			return false;
		users++;
	}
	return users > 0;
}

static bool is_static(const struct tokens *tokens, const struct token_function *function)
{
	for (int i = function->name - 1; i >= 0 && i > function->name - 8; i--) {
		if (token_is(tokens, i, "static"))
			return true;
		if (token_is(tokens, i, ";") || token_is(tokens, i, "}"))
			return false;
	}
	return false;
}

static bool function_sleeps(const struct site_view *view, const struct token_function *function,
			    int depth)
{
	if (shows_sleep(view, function))
		return true;
	return depth < CALLERS_DEPTH && is_static(view->tokens, function) &&
	       users_sleep(view, function, depth);
}

bool sleep_context_may_sleep(const struct site_view *view, int token)
{
	return is_unlocked(view, view->function, token, site_view_place(view, -1)) &&
	       function_sleeps(view, view->function, 0);
}

static bool is_callback(const struct site_view *view, const struct token_function *function,
			int depth)
{
	const struct tokens *tokens = view->tokens;
	g_autofree char *name = token_text(tokens, function->name);
	int last = tokens_count(tokens) - 2;

	for (int i = tokens_find(tokens, name, 0, last); i >= 0;
	     i = tokens_find(tokens, name, i + 1, last)) {
		const struct token_function *user = tokens_function(tokens, i);

		if (is_declaration(tokens, function, i) || user == function || slot_sleeps(view, i))
			continue;
		if (!token_is(tokens, i + 1, "(")) {
			/* EXPORT_SYMBOL(name) hands nothing on. */
			if (user || token_is(tokens, i - 1, "="))
				return true;
		} else if (user && depth < CALLERS_DEPTH && is_callback(view, user, depth + 1)) {
			return true;
		}
	}
	return false;
}

bool sleep_context_is_callback(const struct site_view *view)
{
	return is_callback(view, view->function, 0);
}
