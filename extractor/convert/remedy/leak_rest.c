// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/remedy/edit.h"
#include "convert/remedy/leak.h"
#include "ctext/statement.h"

/* Pages of an acquire that a loop has not come to, when one of its rounds fails. */

/* The loop around the branch: its head, "for" or "while"; or -1. */
static int loop_around(const struct leak *leak)
{
	static const char *const loops[] = { "for", "while", NULL };
	int block = statement_block(leak->tokens, leak->guard);
	int head = block > leak->function->open ? edit_head(leak->tokens, block) : -1;

	return head >= 0 && token_is_any(leak->tokens, head, loops) ? head : -1;
}

/* The array that the acquire fills, as one word; or -1. */
static int array_word(const struct leak *leak)
{
	int pages = remedy_arg_index(leak->acquire, PARAM_PAGES), first, last;

	if (pages < 0 || !token_is(leak->tokens, leak->token, leak->acquire->callee) ||
	    !remedy_argument(leak->tokens, leak->token, pages, &first, &last) || first != last)
		return -1;
	return first;
}

static bool same_word(const struct leak *leak, int a, int b)
{
	return tokens_equal(leak->tokens, a, a, leak->tokens, b, b);
}

/* The loop's body sets the word, but for the branch that leaves and one statement at `but`. */
static bool is_set(const struct leak *leak, int loop, int word, int but)
{
	static const char *const sets[] = { "=", "+=", "-=", "++", "--", NULL };
	int open = tokens_match(leak->tokens, loop + 1) + 1;

	for (int i = open; i < tokens_match(leak->tokens, open); i++) {
		if (i == leak->body)
			i = leak->exit;
		if (i != but && same_word(leak, i, word) &&
		    (token_is_any(leak->tokens, i + 1, sets) || token_is(leak->tokens, i - 1, "&") ||
		     token_is_any(leak->tokens, i - 1, (const char *const[]){ "++", "--", NULL })))
			return true;
	}
	return false;
}

/* "for (i = 0; i < n; i++)" or "++i", of the result n: the token of i; or -1. */
static int counter_of(const struct leak *leak, int loop, int result)
{
	const struct tokens *t = leak->tokens;
	int i = loop + 2, step = loop + 10;

	if (!token_is(t, loop, "for") || !token_is(t, loop + 3, "=") || !token_is(t, loop + 4, "0") ||
	    !token_is(t, loop + 5, ";") || !same_word(leak, i, loop + 6) || !token_is(t, loop + 7, "<") ||
	    !same_word(leak, loop + 8, result) || !token_is(t, loop + 9, ";"))
		return -1;
	if (token_is(t, step, "++"))
		step++;
	else if (!token_is(t, step + 1, "++"))
		return -1;
	return same_word(leak, i, step) ? i : -1;
}

/* Right before the branch, a call is given the entry: "ret = keep(list, pages[i]);". */
static bool entry_is_passed(const struct leak *leak, int array, int counter)
{
	int last = leak->guard - 2, first = statement_first(leak->tokens, last);

	if (!token_is(leak->tokens, leak->guard - 1, ";"))
		return false;
	for (int i = first; i + 3 <= last; i++)
		if (same_word(leak, i, array) && token_is(leak->tokens, i + 1, "[") &&
		    same_word(leak, i + 2, counter) && token_is(leak->tokens, i + 3, "]") &&
		    statement_call(leak->tokens, i) >= 0)
			return true;
	return false;
}

/*
 *	n = acquire(..., pages, ...);
 *	for (i = 0; i < n; i++) {
 *		ret = keep(list, pages[i]);
 *		if (ret < 0) {
 *			release(pages + i, n - i);
 *			goto out;
 *		}
 */
char *leak_rest_of_loop(struct remedy_context *context, const struct leak *leak)
{
	int loop = loop_around(leak), array = array_word(leak), result = leak_result(leak), counter;
	const char *release = leak_release_of_many(context, leak);
	g_autofree char *a = NULL, *i = NULL, *n = NULL;

	counter = loop < 0 || array < 0 || result < 0 ? -1 : counter_of(leak, loop, result);
	if (counter < 0 || !release || !entry_is_passed(leak, array, counter) ||
	    is_set(leak, loop, array, -1) || is_set(leak, loop, counter, -1) ||
	    is_set(leak, loop, result, -1) || !leak_same_values(leak, array, array, leak->node))
		return NULL;
	a = token_text(leak->tokens, array);
	i = token_text(leak->tokens, counter);
	n = token_text(leak->tokens, result);
	return g_strdup_printf("%s(%s + %s, %s - %s);\n", release, a, i, n, i);
}

/* The only "word OP ...;" of the loop: the tokens of what is behind OP; false: none or several. */
static bool only_change(const struct leak *leak, int loop, int word, const char *op, int *first,
			int *last)
{
	int open = tokens_match(leak->tokens, loop + 1) + 1, found = 0;

	for (int i = open; i < tokens_match(leak->tokens, open); i++) {
		if (!same_word(leak, i, word) || !token_is(leak->tokens, i + 1, op))
			continue;
		found++;
		*first = i + 2;
		*last = statement_last(leak->tokens, i) - 1;
	}
	return found == 1;
}

/* A word that is set to 0 right before the loop, and grows by the same as the rest shrinks. */
static int offset_of(const struct leak *leak, int loop, int first, int last)
{
	int word = loop - 4, from, to;

	if (!token_is(leak->tokens, loop - 1, ";") || !token_is(leak->tokens, loop - 2, "0") ||
	    !token_is(leak->tokens, loop - 3, "="))
		return -1;
	if (!only_change(leak, loop, word, "+=", &from, &to) ||
	    !tokens_equal(leak->tokens, first, last, leak->tokens, from, to))
		return -1;
	return word;
}

/*
 * pages[i + off] or pages[off + i]: the offset is one into the array, and the entries of this
 * round are not looked at before the branch.
 */
static bool is_index(const struct leak *leak, int loop, int array, int offset)
{
	int open = tokens_match(leak->tokens, loop + 1) + 1;

	for (int i = open; i < tokens_match(leak->tokens, open); i++) {
		int close = same_word(leak, i, array) && token_is(leak->tokens, i + 1, "[") ?
				    tokens_match(leak->tokens, i + 1) : -1;

		for (int k = i + 2; k < close; k++)
			if (same_word(leak, k, offset))
				return i > leak->exit;
	}
	return false;
}

/*
 *	n = acquire(..., pages, ...);
 *	off = 0;
 *	while (n) {
 *		chunk = alloc();
 *		if (!chunk) {
 *			release(pages + off, n);
 *			...
 *		}
 *		... pages[i + off] ...
 *		n -= chunk->n;
 *		off += chunk->n;
 *	}
 */
char *leak_rest_of_round(struct remedy_context *context, const struct leak *leak)
{
	int loop = loop_around(leak), array = array_word(leak), result = leak_result(leak);
	const char *release = leak_release_of_many(context, leak);
	g_autofree char *a = NULL, *off = NULL, *n = NULL;
	int offset, first, last;

	if (loop < 0 || array < 0 || result < 0 || !release ||
	    !token_is(leak->tokens, loop, "while") || !same_word(leak, loop + 2, result) ||
	    !token_is(leak->tokens, loop + 3, ")") ||
	    !only_change(leak, loop, result, "-=", &first, &last) ||
	    is_set(leak, loop, result, first - 2) || is_set(leak, loop, array, -1) ||
	    !leak_same_values(leak, array, array, leak->node))
		return NULL;
	offset = offset_of(leak, loop, first, last);
	if (offset < 0 || !is_index(leak, loop, array, offset) || first < leak->exit)
		return NULL;
	a = token_text(leak->tokens, array);
	off = token_text(leak->tokens, offset);
	n = token_text(leak->tokens, result);
	return g_strdup_printf("%s(%s + %s, %s);\n", release, a, off, n);
}
