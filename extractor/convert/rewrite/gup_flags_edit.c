// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/ctype_word.h"
#include "convert/rewrite/call_argument.h"
#include "convert/rewrite/gup_flags_edit.h"
#include "convert/rewrite/truth_flags.h"
#include "convert/select/token_range.h"
#include "convert/tidy/local_variable.h"
#include "ctext/statement.h"

#define FOLL_GET "FOLL_GET"
#define VALUES_DEPTH 3	/* variables whose value is another one */

/**
 * struct flags - of one acquire
 * @argument: in the call
 * @edits: that were found
 */
struct flags {
	const struct site *site;
	const struct tokens *tokens;
	const struct site_facts *facts;
	const struct token_function *function;
	struct token_range argument;
	GArray *edits;
};

static guint start_of(const struct tokens *tokens, int token)
{
	return tokens_at(tokens, token)->start;
}

static guint end_of(const struct tokens *tokens, int token)
{
	return tokens_at(tokens, token)->end;
}

/* The word at the token is a member of something. */
static bool is_member(const struct tokens *tokens, int token)
{
	return token_is_any(tokens, token - 1, (const char *const[]){ ".", "->", NULL });
}

/* -- FOLL_GET in an expression -- */

/*
 * The operand at the token and the operator beside it, as bytes; "0" stands for it where it is
 * all that a part of the expression has. false: it stands in another operation.
 */
static bool operand_bytes(const struct tokens *tokens, int token, guint *start, guint *end,
			  const char **text)
{
	static const char *const before[] = { "(", ",", "?", ":", "=", "|=", NULL };
	static const char *const behind[] = { ")", ",", ":", ";", "?", NULL };
	bool next = token_is_any(tokens, token + 1, behind);

	*start = start_of(tokens, token);
	*end = end_of(tokens, token);
	*text = "";
	if (token_is(tokens, token - 1, "|") && (next || token_is(tokens, token + 1, "|"))) {
		*start = end_of(tokens, token - 2);
		return true;
	}
	if (!token_is_any(tokens, token - 1, before))
		return false;
	if (token_is(tokens, token + 1, "|")) {
		*end = start_of(tokens, token + 2);
		return true;
	}
	*text = "0";
	return next;
}

/* The text of the range without FOLL_GET; NULL: it stands in another operation. Caller frees. */
static char *text_without_get(const struct tokens *tokens, struct token_range range)
{
	guint base = start_of(tokens, range.first);
	GString *out = g_string_new_len(tokens->text + base, end_of(tokens, range.last) - base);

	for (int i = range.last; i >= range.first; i--) {
		const char *text;
		guint start, end;

		if (!token_is(tokens, i, FOLL_GET))
			continue;
		if (!operand_bytes(tokens, i, &start, &end, &text)) {
			g_string_free(out, TRUE);
			return NULL;
		}
		start = MAX(start, base);
		g_string_erase(out, start - base, end - start);
		g_string_insert(out, start - base, text);
	}
	return g_string_free(out, FALSE);
}

/* -- where a local variable gets its value -- */

/* It stands in the arguments of an acquire. */
static bool is_acquire_flags(const struct flags *flags, int use)
{
	int callee = statement_call(flags->tokens, use);
	g_autofree char *name = callee < 0 ? NULL : token_text(flags->tokens, callee);
	const struct api *api = name ? api_find(site_facts_apis(flags->facts), name) : NULL;

	return api_has_role(api, ROLE_ACQUIRE);
}

/* "flags |= FOLL_GET;" goes as a whole, with its line. */
static bool statement_drop(const struct flags *flags, int first, int last)
{
	static const char *const before[] = { ";", "{", "}", NULL };
	const struct tokens *tokens = flags->tokens;
	struct text_edit edit = { start_of(tokens, first), end_of(tokens, last), first, last,
				  NULL };

	if (!token_is_any(tokens, first - 1, before) ||
	    end_of(tokens, first - 1) == edit.start)
		return false;
	while (edit.start && strchr(" \t", tokens->text[edit.start - 1]))
		edit.start--;
	if (edit.start && tokens->text[edit.start - 1] == '\n' && tokens->text[edit.end] == '\n')
		edit.end++;
	edit.text = g_strdup("");
	return text_edits_add(flags->edits, edit);
}

static bool range_edit(const struct flags *flags, struct token_range range, char *text)
{
	const struct tokens *tokens = flags->tokens;

	if (!text)
		return false;
	return text_edits_add(flags->edits, (struct text_edit){
		start_of(tokens, range.first), end_of(tokens, range.last), range.first,
		range.last, text });
}

/* The value that is put into the variable at the token, "flags = ..." or "flags |= ..."; or none. */
static struct token_range value_of(const struct flags *flags, int variable)
{
	const struct tokens *tokens = flags->tokens;
	int last = variable + 2;

	if (!token_is_any(tokens, variable + 1, (const char *const[]){ "=", "|=", NULL }) ||
	    is_member(tokens, variable))
		return NO_RANGE;
	while (last < flags->function->close && !token_is(tokens, last, ";") &&
	       !token_is(tokens, last, ","))
		last = tokens_match(tokens, last) > last ? tokens_match(tokens, last) + 1 :
							   last + 1;
	return (struct token_range){ variable + 2, last - 1 };
}

/* The next place of the name in the function's body, or -1. */
static int next_use(const struct flags *flags, const char *name, int from)
{
	return tokens_find(flags->tokens, name, from, flags->function->close);
}

/* Some value of the variable has FOLL_GET. */
static bool variable_holds(const struct flags *flags, const char *name)
{
	for (int i = next_use(flags, name, flags->function->open); i >= 0;
	     i = next_use(flags, name, i + 1))
		if (token_range_holds(flags->tokens, value_of(flags, i), FOLL_GET))
			return true;
	return false;
}

static bool value_drop(const struct flags *flags, int variable, struct token_range value)
{
	const struct tokens *tokens = flags->tokens;

	if (!token_range_holds(tokens, value, FOLL_GET))
		return true;
	if (token_is(tokens, variable + 1, "|=") && value.first == value.last)
		return token_is(tokens, value.last + 1, ";") &&
		       statement_drop(flags, variable, value.last + 1);
	return range_edit(flags, value, text_without_get(tokens, value));
}

/* The local variable goes to acquires alone; FOLL_GET goes from all that is put into it. */
static bool variable_drop(const struct flags *flags, const char *name)
{
	struct local local;

	if (!variable_holds(flags, name))
		return true;
	for (int i = next_use(flags, name, flags->function->open); i >= 0;
	     i = next_use(flags, name, i + 1)) {
		struct token_range value = value_of(flags, i);

		if (is_member(flags->tokens, i) || is_acquire_flags(flags, i) ||
		    (token_range_is_empty(value) && local_declared(flags->tokens, i, &local)))
			continue;
		if (token_range_is_empty(value) || !value_drop(flags, i, value))
			return false;
	}
	return true;
}

/* -- a macro of the file -- */

/* The bytes of what "#define NAME" stands for; false: the file has none, or more than one. */
static bool macro_value(const struct tokens *tokens, const char *name, guint *start, guint *end)
{
	g_autofree char *pattern = g_strdup_printf("^[ \t]*#[ \t]*define[ \t]+%s[ \t]+(.*)$", name);
	g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_MULTILINE, 0, NULL);
	g_autoptr(GMatchInfo) match = NULL;
	int from, to;

	if (!regex ||
	    !g_regex_match_full(regex, tokens->text, tokens->length, 0, 0, &match, NULL) ||
	    !g_match_info_fetch_pos(match, 1, &from, &to))
		return false;
	*start = from;
	*end = to;
	return !g_match_info_next(match, NULL) && tokens->text[to ? to - 1 : 0] != '\\';
}

/* All that the file has of the macro is flags of acquires. */
static bool macro_is_for_acquires(const struct flags *flags, const char *name)
{
	const struct tokens *tokens = flags->tokens;
	int last = tokens_count(tokens) - 1;

	for (int i = tokens_find(tokens, name, 0, last); i >= 0;
	     i = tokens_find(tokens, name, i + 1, last))
		if (!is_acquire_flags(flags, i))
			return false;
	return true;
}

/* The value of a macro is cut up as if it were an argument. */
static bool macro_drop(const struct flags *flags, const char *name)
{
	struct text_edit edit = { 0, 0, -1, -1, NULL };
	g_autofree char *value = NULL;
	g_autoptr(tokens_t) tokens = NULL;

	if (!macro_value(flags->tokens, name, &edit.start, &edit.end))
		return true;
	value = g_strdup_printf("(%.*s);", (int)(edit.end - edit.start),
				flags->tokens->text + edit.start);
	tokens = tokens_new(value, strlen(value));
	if (tokens_find(tokens, FOLL_GET, 0, tokens_count(tokens) - 1) < 0)
		return true;
	if (!macro_is_for_acquires(flags, name))
		return false;
	edit.text = text_without_get(tokens, (struct token_range){ 1, tokens_count(tokens) - 3 });
	return edit.text && text_edits_add(flags->edits, edit);
}

/* -- all together -- */

/* A word that is no flag itself. */
static bool is_name(const struct tokens *tokens, int token)
{
	g_autofree char *name = token_text(tokens, token);

	return tokens_at(tokens, token)->kind == TOKEN_WORD && !g_str_has_prefix(name, "FOLL_");
}

/* Words of the argument that are no flags themselves: variables, macros. */
static bool words_drop(const struct flags *flags)
{
	const struct tokens *tokens = flags->tokens;
	struct local local;

	for (int i = flags->argument.first; i <= flags->argument.last; i++) {
		g_autofree char *name = token_text(tokens, i);

		if (!is_name(tokens, i) || is_member(tokens, i))
			continue;
		if (local_find(tokens, flags->function, name, i, &local) ?
		    !variable_drop(flags, name) : !macro_drop(flags, name))
			return false;
	}
	return true;
}

/* FOLL_GET stands in some place of the file, out of an acquire, that no edit takes it from. */
static bool is_elsewhere(const struct flags *flags)
{
	const struct tokens *tokens = flags->tokens;
	int last = tokens_count(tokens) - 1;

	for (int i = tokens_find(tokens, FOLL_GET, 0, last); i >= 0;
	     i = tokens_find(tokens, FOLL_GET, i + 1, last)) {
		bool taken = is_acquire_flags(flags, i);

		for (guint k = 0; k < flags->edits->len && !taken; k++) {
			const struct text_edit *edit =
				&g_array_index(flags->edits, struct text_edit, k);

			taken = edit->first <= i && i <= edit->last;
		}
		if (!taken)
			return true;
	}
	return false;
}

/* The value without the condition of "a ? b : c". */
static struct token_range without_condition(const struct tokens *tokens, struct token_range value)
{
	for (int i = value.first; i <= value.last; i++) {
		if (tokens_match(tokens, i) > i)
			i = tokens_match(tokens, i);
		else if (token_is(tokens, i, "?"))
			return (struct token_range){ i + 1, value.last };
	}
	return value;
}

static bool is_seen_whole(const struct flags *flags, struct token_range value, int depth);

/* All values that the function puts into the variable are seen whole. */
static bool variable_is_seen(const struct flags *flags, const char *name, int depth)
{
	for (int i = next_use(flags, name, flags->function->open); i >= 0;
	     i = next_use(flags, name, i + 1)) {
		struct token_range value = value_of(flags, i);

		if (!token_range_is_empty(value) && !is_seen_whole(flags, value, depth - 1))
			return false;
	}
	return true;
}

/* The value is of constants and variables of the function: nothing comes from elsewhere. */
static bool is_seen_whole(const struct flags *flags, struct token_range value, int depth)
{
	const struct tokens *tokens = flags->tokens;
	struct local local;

	value = without_condition(tokens, value);
	for (int i = value.first; i <= value.last; i++) {
		g_autofree char *name = token_text(tokens, i);

		if (!is_name(tokens, i))
			continue;
		if (!depth || is_member(tokens, i) || token_is(tokens, i + 1, "("))
			return false;
		if (local_find(tokens, flags->function, name, i, &local) &&
		    (local.param || !variable_is_seen(flags, name, depth)))
			return false;
	}
	return true;
}

/* Another operator than "|", outside of brackets: "a ? b : c", "x == y". */
static bool needs_brackets(const struct tokens *tokens, struct token_range range)
{
	static const char *const fine[] = { "|", ".", "->", "~", NULL };

	for (int i = range.first; i <= range.last; i++) {
		if (tokens_match(tokens, i) > i)
			i = tokens_match(tokens, i);
		else if (tokens_at(tokens, i)->kind == TOKEN_PUNCT &&
			 !token_is_any(tokens, i, fine))
			return true;
	}
	return false;
}

/*
 * "flags" and "FOLL_LONGTERM": "flags | FOLL_LONGTERM". A truth value is written as the flag that
 * it stands for. The text has lost FOLL_GET already. Caller frees.
 */
static char *text_with(const struct flags *flags, const char *text, const char *adds)
{
	const struct tokens *tokens = flags->tokens;
	int first = flags->argument.first, last = flags->argument.last;
	struct truth_flags truth;

	if (!strcmp(text, "0"))
		return g_strdup(adds);
	if ((flags->site->truth || !strcmp(text, "1")) &&
	    !truth_flags_write(tokens, first, last, &truth)) {
		guint base = start_of(tokens, first), end = end_of(tokens, truth.last);
		int before = start_of(tokens, truth.first) - base;
		g_autofree char *flag = truth.text;
		g_autofree char *whole = g_strdup_printf("%.*s%s%s", before, text, flag,
							 text + (end - base));

		return g_strdup_printf(strchr(whole, '?') ? "(%s) | %s" : "%s | %s", whole, adds);
	}
	return g_strdup_printf(needs_brackets(tokens, flags->argument) ? "(%s) | %s" : "%s | %s",
			       text, adds);
}

static bool argument_edit(const struct flags *flags)
{
	const struct site *site = flags->site;
	char *text = text_without_get(flags->tokens, flags->argument);
	g_autofree char *was = tokens_text(flags->tokens, flags->argument.first,
					   flags->argument.last);

	if (text && *site->adds &&
	    !token_range_holds(flags->tokens, flags->argument, site->adds)) {
		char *with = text_with(flags, text, site->adds);

		g_free(text);
		text = with;
	}
	if (text && !strcmp(text, was)) {
		g_free(text);
		return true;
	}
	return range_edit(flags, flags->argument, text);
}

/* Arguments between #if lines: their number is not that of the text. */
static bool has_conditions(const struct tokens *tokens, int callee)
{
	int close = tokens_match(tokens, callee + 1);

	return close > callee && tokens_directive(tokens, callee, close);
}

struct reason *gup_flags_edit(const struct site *site, const struct tokens *tokens,
			      const struct site_facts *facts, GArray *edits)
{
	struct flags flags = { site, tokens, facts, tokens_function(tokens, site->token),
			       NO_RANGE, edits };

	if (!flags.function)
		return NULL;
	flags.argument = site->flags < 0 ? call_argument_of_flags(tokens, site->token) :
			 call_argument(tokens, site->token, site->flags);
	if (has_conditions(tokens, site->token) || token_range_is_empty(flags.argument))
		return *site->adds ? reason_new(REASON_FLAGS_NOT_SEEN, "ss", site->callee,
						site->adds) : NULL;
	if (!words_drop(&flags) || !argument_edit(&flags) ||
	    (!is_seen_whole(&flags, flags.argument, VALUES_DEPTH) && is_elsewhere(&flags)))
		return reason_new(REASON_FOLL_GET_STAYS, "s", site->target);
	return NULL;
}
