// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "convert/remedy/edit.h"
#include "convert/remedy/remedy.h"
#include "ctext/statement.h"

/*
 * Counts of pages that are not what was acquired.
 *
 *	release(pages, got);			if (got > 0)
 *							release(pages, got);
 *
 *	if (got != obj->n) {			... obj->n = got;
 *		if (got < 0)			before the return, for whoever releases obj->n
 *			return got;
 *		return -EINVAL;
 *	}
 *
 *	if (got < nr_pages)			if (got < (int)nr_pages), of an unsigned nr_pages
 */

/**
 * struct acquired_count - an acquire whose result goes into a variable
 * @result: the word; @call: the callee's name; @end: the semicolon behind the statement
 */
struct acquired_count {
	const struct remedy_call *acquire;
	const struct tokens *tokens;
	int result, call, end;
};

static bool counted_find(struct remedy *remedy, struct remedy_context *context,
			 const struct remedy_call *acquire, struct acquired_count *counted)
{
	int token = acquire ? remedy_token(context, acquire) : -1;

	if (token < 0 || acquire->role != ROLE_ACQUIRE)
		return remedy_refuse(remedy, "the acquire is not in the text");
	counted->acquire = acquire;
	counted->tokens = remedy_source(context, acquire->path)->tokens;
	counted->call = token;
	counted->result = token - 2;
	counted->end = tokens_match(counted->tokens, token + 1) + 1;
	if (!token_is(counted->tokens, token - 1, "=") || !edit_is_statement(counted->tokens, token - 2) ||
	    tokens_at(counted->tokens, token - 2)->kind != TOKEN_WORD ||
	    !token_is(counted->tokens, counted->end, ";"))
		return remedy_refuse(remedy, "the result of the acquire is in no variable of its own");
	return true;
}

static bool same_word(const struct acquired_count *counted, int a, int b)
{
	return tokens_equal(counted->tokens, a, a, counted->tokens, b, b);
}

/* The first token of the line within the acquire's function; or -1. */
static int token_on_line(const struct acquired_count *counted, guint line)
{
	const struct token_function *function = tokens_function(counted->tokens, counted->call);

	for (int i = function->open + 1; i < function->close; i++)
		if (tokens_at(counted->tokens, i)->line == line)
			return i;
	return -1;
}

/* The variable is set between the acquire and the token. */
static bool is_set_between(const struct acquired_count *counted, int to)
{
	static const char *const sets[] = { "=", "+=", "-=", "++", "--", NULL };

	for (int i = counted->end; i < to; i++)
		if (same_word(counted, i, counted->result) &&
		    (token_is_any(counted->tokens, i + 1, sets) ||
		     token_is(counted->tokens, i - 1, "&")))
			return true;
	return false;
}

/* The count may be an errno, and the release takes it for an unsigned number. */
void remedy_negative(struct remedy *remedy, struct remedy_context *context)
{
	const struct finding *finding = remedy->finding;
	const struct remedy_call *acquire = remedy_call(context, finding->site);
	g_autofree char *test = NULL, *name = NULL;
	struct acquired_count counted;
	int first, last;

	if (!acquire || strcmp(acquire->path, finding->path)) {
		remedy_refuse(remedy, "the count comes from another file");
		return;
	}
	if (!counted_find(remedy, context, acquire, &counted))
		return;
	first = token_on_line(&counted, finding->line);
	if (first < 0 || !edit_is_statement(counted.tokens, first) ||
	    is_set_between(&counted, first)) {
		remedy_refuse(remedy, "the count is not the result of the acquire as it was given");
		return;
	}
	last = statement_last(counted.tokens, first);
	name = token_text(counted.tokens, counted.result);
	if (tokens_find(counted.tokens, name, first, last) < 0) {
		remedy_refuse(remedy, "the release names another variable");
		return;
	}
	test = g_strdup_printf("%s > 0", name);
	remedy->line = finding->line;
	remedy->was = g_strdup(name);
	remedy->became = g_strdup(test);
	remedy_done(remedy, "count-negative", finding->path,
		    edit_guard(counted.tokens, first, last, test));
}

/* Within first..last, "if (result < 0)" that returns or goes away. */
static bool leaves_on_errno(const struct acquired_count *counted, int first, int last)
{
	for (int i = first; i + 6 <= last; i++)
		if (token_is(counted->tokens, i, "if") && same_word(counted, i + 2, counted->result) &&
		    token_is(counted->tokens, i + 3, "<") && token_is(counted->tokens, i + 4, "0") &&
		    token_is(counted->tokens, i + 5, ")") &&
		    token_is_any(counted->tokens, i + 6, (const char *const[]){ "return", "goto", NULL }))
			return true;
	return false;
}

/* The jump that ends the block; or -1. */
static int jump_at_end(const struct tokens *tokens, int open, int close)
{
	for (int i = open + 1; i < close; i++)
		if (token_is_any(tokens, i, (const char *const[]){ "return", "goto", NULL }) &&
		    statement_block(tokens, i) == open && statement_last(tokens, i) == close - 1 &&
		    !edit_is_bare(tokens, i))
			return i;
	return -1;
}

/*
 * Fewer came, the object beside them still has the number that was requested, and as many are
 * released later: it is told how many came.
 */
void remedy_short_count(struct remedy *remedy, struct remedy_context *context)
{
	const struct remedy_call *release = remedy_call(context, remedy->finding->site);
	g_autofree char *count = NULL, *result = NULL, *line = NULL;
	struct acquired_count counted;
	int index, first, last, open, close, jump, head;

	if (!release || release->joined->len != 1) {
		remedy_refuse(remedy, "more than one acquire fills what it releases");
		return;
	}
	if (!counted_find(remedy, context,
			  remedy_call(context, g_array_index(release->joined, int, 0)), &counted))
		return;
	index = remedy_arg_index(counted.acquire, PARAM_COUNT);
	head = counted.end + 1;
	open = tokens_match(counted.tokens, head + 1) + 1;
	if (index < 0 || !remedy_argument(counted.tokens, counted.call, index, &first, &last) ||
	    last - first != 2 || !token_is(counted.tokens, first + 1, "->") ||
	    !token_is(counted.tokens, head, "if") || !same_word(&counted, head + 2, counted.result) ||
	    !token_is_any(counted.tokens, head + 3, (const char *const[]){ "!=", "<", NULL }) ||
	    !tokens_equal(counted.tokens, head + 4, open - 2, counted.tokens, first, last) ||
	    !token_is(counted.tokens, open, "{")) {
		remedy_refuse(remedy, "no test behind the acquire tells that fewer came than the object "
				      "says");
		return;
	}
	close = tokens_match(counted.tokens, open);
	jump = jump_at_end(counted.tokens, open, close);
	if (jump < 0 || !leaves_on_errno(&counted, open, jump)) {
		remedy_refuse(remedy, "where fewer came the count may be an errno as well");
		return;
	}
	count = tokens_text(counted.tokens, first, last);
	result = token_text(counted.tokens, counted.result);
	line = g_strdup_printf("%s = %s;\n", count, result);
	remedy->line = tokens_at(counted.tokens, jump)->line;
	remedy->was = g_strdup(count);
	remedy->became = g_strdup(result);
	remedy_done(remedy, "count-short", counted.acquire->path,
		    edit_insert_before(counted.tokens, jump, line));
}

/* "int" or "long" is what the declaration of the local variable says, and not "unsigned". */
static int declared_as(const struct acquired_count *counted, int word, bool *is_unsigned)
{
	const struct token_function *function = tokens_function(counted->tokens, counted->call);

	for (int i = function->params + 1; i < counted->call; i++) {
		int first = statement_first(counted->tokens, i);

		if (!same_word(counted, i, word))
			continue;
		*is_unsigned = token_is(counted->tokens, first, "unsigned");
		return *is_unsigned || token_is(counted->tokens, first, "int");
	}
	return false;
}

/* An errno is compared with an unsigned number, and taken for more. */
void remedy_compare(struct remedy *remedy, struct remedy_context *context)
{
	const struct finding *finding = remedy->finding;
	const struct remedy_call *acquire =
		finding->other_path ? remedy_call_at(context, finding->other_path,
						     finding->other_line, finding->other_callee)
				    : NULL;
	g_autofree char *cast = NULL, *name = NULL;
	struct acquired_count counted;
	bool is_unsigned = false, result_unsigned = true;
	int head;

	if (!counted_find(remedy, context, acquire, &counted))
		return;
	head = counted.end + 1;
	if (!token_is(counted.tokens, head, "if") || !same_word(&counted, head + 2, counted.result) ||
	    !token_is(counted.tokens, head + 3, "<") ||
	    tokens_at(counted.tokens, head + 4)->kind != TOKEN_WORD ||
	    !token_is(counted.tokens, head + 5, ")") ||
	    !declared_as(&counted, head + 4, &is_unsigned) || !is_unsigned ||
	    !declared_as(&counted, counted.result, &result_unsigned) || result_unsigned) {
		remedy_refuse(remedy, "no comparison with an unsigned number hides the errno");
		return;
	}
	name = token_text(counted.tokens, head + 4);
	cast = g_strdup_printf("(int)%s", name);
	remedy->line = tokens_at(counted.tokens, head)->line;
	remedy->was = g_strdup(name);
	remedy->became = g_strdup(cast);
	remedy_done(remedy, "count-compare", acquire->path,
		    edit_replace(counted.tokens, head + 4, head + 4, cast));
}
