// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "lexer.h"

/* One #if ... #endif level: what holds in its present branch. */
struct branch {
	char *condition;	/* of the present branch, in words */
	char *excluded;		/* what the branches before it ruled out, or NULL */
	unsigned int depth;	/* brace depth at #if: each branch starts with it */
	bool is_guard;		/* a header's own include guard: no condition */
	bool dead;
};

struct lexer {
	const char *at;
	const char *text;
	const char *end;
	const char *line_start;
	unsigned int line;
	unsigned int depth;
	unsigned int parens;
	bool line_begins;	/* only white space so far on this line */
	bool seen_directive;
	char before;		/* last significant character */
	char before2;		/* and the one before it, adjacent */
	GPtrArray *branches;
	char *macro;
	char *candidate;	/* identifier before the last '(' at file scope */
	char *function;
	unsigned int function_line;
	GHashTable *names;
	GPtrArray *calls;
};

static bool word_start(char c)
{
	return g_ascii_isalpha(c) || c == '_';
}

static bool word_char(char c)
{
	return g_ascii_isalnum(c) || c == '_';
}

void text_call_free(void *data)
{
	struct text_call *call = data;

	g_free(call->function);
	g_free(call->guard);
	g_free(call->macro);
	g_free(call);
}

static void branch_free(void *data)
{
	struct branch *branch = data;

	g_free(branch->condition);
	g_free(branch->excluded);
	g_free(branch);
}

static void newline(struct lexer *lx)
{
	lx->line++;
	lx->line_start = lx->at;
}

/* Past one character, counting lines; a backslash-newline counts as nothing. */
static void advance(struct lexer *lx)
{
	if (*lx->at++ == '\n')
		newline(lx);
}

static bool starts(const struct lexer *lx, const char *text)
{
	size_t length = strlen(text);

	return (size_t)(lx->end - lx->at) >= length && !memcmp(lx->at, text, length);
}

static void skip_block_comment(struct lexer *lx)
{
	lx->at += 2;
	while (lx->at < lx->end && !starts(lx, "*/"))
		advance(lx);
	lx->at = MIN(lx->at + 2, lx->end);
}

static bool at_continuation(const struct lexer *lx)
{
	return starts(lx, "\\\n") || starts(lx, "\\\r\n");
}

static void skip_continuation(struct lexer *lx)
{
	while (*lx->at != '\n')
		lx->at++;
	advance(lx);
}

static void skip_line_comment(struct lexer *lx)
{
	while (lx->at < lx->end && *lx->at != '\n') {
		if (at_continuation(lx))
			skip_continuation(lx);
		else
			lx->at++;
	}
}

static void skip_quoted(struct lexer *lx, char quote)
{
	lx->at++;
	while (lx->at < lx->end && *lx->at != quote && *lx->at != '\n') {
		if (at_continuation(lx))
			skip_continuation(lx);
		else if (*lx->at == '\\' && lx->at + 1 < lx->end)
			lx->at += 2;
		else
			lx->at++;
	}
	if (lx->at < lx->end && *lx->at == quote)
		lx->at++;
}

/* true when white space, a comment or a continuation was passed; newlines stay */
static bool skip_blank(struct lexer *lx)
{
	if (*lx->at == ' ' || *lx->at == '\t' || *lx->at == '\r' || *lx->at == '\f')
		lx->at++;
	else if (at_continuation(lx))
		skip_continuation(lx);
	else if (starts(lx, "/*"))
		skip_block_comment(lx);
	else if (starts(lx, "//"))
		skip_line_comment(lx);
	else
		return false;
	return true;
}

/* The rest of a directive's logical line, comments out, white space folded. */
static char *directive_text(struct lexer *lx)
{
	g_autoptr(GString) text = g_string_new(NULL);

	while (lx->at < lx->end && *lx->at != '\n') {
		if (skip_blank(lx)) {
			if (text->len && text->str[text->len - 1] != ' ')
				g_string_append_c(text, ' ');
			continue;
		}
		g_string_append_c(text, *lx->at++);
	}
	return g_strdup(g_strstrip(text->str));
}

static char *directive_word(struct lexer *lx)
{
	const char *start;

	while (lx->at < lx->end && skip_blank(lx))
		;
	start = lx->at;
	while (lx->at < lx->end && word_char(*lx->at))
		lx->at++;
	return g_strndup(start, lx->at - start);
}

static char *negated(const char *condition)
{
	size_t length = strlen(condition);

	if (g_str_has_prefix(condition, "!defined(") && strchr(condition, ')') == condition + length - 1)
		return g_strdup(condition + 1);
	if (g_str_has_prefix(condition, "defined(") && strchr(condition, ')') == condition + length - 1)
		return g_strdup_printf("!%s", condition);
	return g_strdup_printf("!(%s)", condition);
}

static void branch_open(struct lexer *lx, const char *word)
{
	g_autofree char *text = directive_text(lx);
	struct branch *branch = g_new0(struct branch, 1);

	branch->depth = lx->depth;
	if (!strcmp(word, "ifdef")) {
		branch->condition = g_strdup_printf("defined(%s)", text);
	} else if (!strcmp(word, "ifndef")) {
		branch->condition = g_strdup_printf("!defined(%s)", text);
		branch->is_guard = !lx->seen_directive;
	} else {
		branch->condition = g_strdup(text);
		branch->dead = !strcmp(text, "0");
	}
	g_ptr_array_add(lx->branches, branch);
}

static struct branch *branch_top(struct lexer *lx)
{
	return lx->branches->len ? lx->branches->pdata[lx->branches->len - 1] : NULL;
}

static void branch_next(struct lexer *lx, bool has_condition)
{
	g_autofree char *text = directive_text(lx);
	struct branch *branch = branch_top(lx);
	g_autofree char *not_before = NULL;
	char *excluded;

	if (!branch)
		return;
	not_before = negated(branch->condition);
	excluded = branch->excluded ?
		g_strdup_printf("%s && %s", branch->excluded, not_before) : g_strdup(not_before);
	branch->dead = !strcmp(not_before, "!(1)") || (has_condition && !strcmp(text, "0"));
	g_free(branch->excluded);
	branch->excluded = excluded;
	g_free(branch->condition);
	branch->condition = has_condition ? g_strdup(text) : g_strdup("1");
	branch->is_guard = false;
	lx->depth = branch->depth;
}

static void branch_close(struct lexer *lx)
{
	if (lx->branches->len)
		g_ptr_array_remove_index(lx->branches, lx->branches->len - 1);
}

static char *guard_words(const struct lexer *lx, bool *dead)
{
	g_autoptr(GString) words = g_string_new(NULL);

	*dead = false;
	for (guint i = 0; i < lx->branches->len; i++) {
		const struct branch *branch = lx->branches->pdata[i];
		bool plain_else = branch->excluded && !strcmp(branch->condition, "1");

		*dead |= branch->dead;
		if (branch->is_guard)
			continue;
		if (words->len)
			g_string_append(words, " && ");
		if (branch->excluded)
			g_string_append(words, branch->excluded);
		if (branch->excluded && !plain_else)
			g_string_append(words, " && ");
		if (!plain_else)
			g_string_append(words, branch->condition);
	}
	return g_strdup(words->str);
}

static void directive(struct lexer *lx)
{
	g_autofree char *word = NULL;
	bool was_seen = lx->seen_directive;

	lx->at++;
	word = directive_word(lx);
	if (!strcmp(word, "if") || !strcmp(word, "ifdef") || !strcmp(word, "ifndef"))
		branch_open(lx, word);
	else if (!strcmp(word, "elif"))
		branch_next(lx, true);
	else if (!strcmp(word, "else"))
		branch_next(lx, false);
	else if (!strcmp(word, "endif"))
		branch_close(lx);
	lx->seen_directive = true;
	if (strcmp(word, "define")) {
		skip_line_comment(lx);
		return;
	}
	/* An include guard is an #ifndef whose macro is defined at once. */
	lx->macro = directive_word(lx);
	if (!was_seen || !branch_top(lx))
		return;
	if (lx->branches->len == 1 && branch_top(lx)->is_guard) {
		g_autofree char *expected = g_strdup_printf("!defined(%s)", lx->macro);

		branch_top(lx)->is_guard = !strcmp(branch_top(lx)->condition, expected);
	}
}

static bool is_member(const struct lexer *lx)
{
	return lx->before == '.' || (lx->before == '>' && lx->before2 == '-');
}

static bool followed_by_paren(const struct lexer *lx)
{
	struct lexer ahead = *lx;

	while (ahead.at < ahead.end) {
		if (*ahead.at == '(')
			return true;
		if (*ahead.at == '\n' && !lx->macro)
			ahead.at++;
		else if (!skip_blank(&ahead))
			return false;
	}
	return false;
}

static void call_add(struct lexer *lx, const char *name, const char *start)
{
	struct text_call *call = g_new0(struct text_call, 1);

	call->name = name;
	call->line = lx->line;
	call->column = start - lx->line_start + 1;
	call->offset = start - lx->text;
	call->guard = guard_words(lx, &call->dead);
	call->macro = g_strdup(lx->macro ? lx->macro : "");
	call->function = g_strdup(!lx->macro && lx->function ? lx->function : "");
	call->function_line = lx->function_line;
	g_ptr_array_add(lx->calls, call);
}

static void identifier(struct lexer *lx)
{
	const char *start = lx->at;
	g_autofree char *word = NULL;
	void *name;

	while (lx->at < lx->end && word_char(*lx->at))
		lx->at++;
	word = g_strndup(start, lx->at - start);
	/* After ')' it is an attribute of the function before it. */
	if (!lx->macro && !lx->depth && !lx->parens && lx->before != ')' && followed_by_paren(lx)) {
		g_free(lx->candidate);
		lx->candidate = g_strdup(word);
	}
	if ((lx->depth || lx->macro) && !is_member(lx) &&
	    g_hash_table_lookup_extended(lx->names, word, &name, NULL) && followed_by_paren(lx))
		call_add(lx, name, start);
}

static void brace_open(struct lexer *lx)
{
	if (!lx->depth++) {
		g_free(lx->function);
		lx->function = g_strdup(lx->candidate);
		lx->function_line = lx->line;
	}
}

static void brace_close(struct lexer *lx)
{
	if (lx->depth && !--lx->depth)
		g_clear_pointer(&lx->function, g_free);
}

static void punctuation(struct lexer *lx)
{
	switch (*lx->at) {
	case '{':
		if (!lx->macro)
			brace_open(lx);
		break;
	case '}':
		if (!lx->macro)
			brace_close(lx);
		break;
	case '(':
		lx->parens += !lx->macro;
		break;
	case ')':
		lx->parens -= !lx->macro && lx->parens;
		break;
	case ';':
		if (!lx->depth && !lx->macro)
			g_clear_pointer(&lx->candidate, g_free);
		break;
	}
	lx->before2 = lx->before;
	lx->before = *lx->at++;
}

static void line_end(struct lexer *lx)
{
	advance(lx);
	lx->line_begins = true;
	g_clear_pointer(&lx->macro, g_free);
}

static void token(struct lexer *lx)
{
	bool line_begins = lx->line_begins;

	if (*lx->at == '\n') {
		line_end(lx);
		return;
	}
	if (skip_blank(lx))
		return;
	lx->line_begins = false;
	if (*lx->at == '#' && line_begins) {
		directive(lx);
		return;
	}
	if (*lx->at == '"' || *lx->at == '\'') {
		skip_quoted(lx, *lx->at);
	} else if (word_start(*lx->at)) {
		identifier(lx);
	} else if (g_ascii_isdigit(*lx->at)) {
		while (lx->at < lx->end && word_char(*lx->at))
			lx->at++;
	} else {
		punctuation(lx);
		return;
	}
	lx->before2 = 0;
	lx->before = 'x';
}

GPtrArray *lexer_calls(const char *text, size_t size, GHashTable *names)
{
	struct lexer lx = {
		.at = text, .text = text, .end = text + size, .line_start = text, .line = 1,
		.line_begins = true, .names = names,
		.branches = g_ptr_array_new_with_free_func(branch_free),
		.calls = g_ptr_array_new_with_free_func(text_call_free),
	};

	while (lx.at < lx.end)
		token(&lx);
	g_ptr_array_free(lx.branches, TRUE);
	g_free(lx.macro);
	g_free(lx.candidate);
	g_free(lx.function);
	return lx.calls;
}

static void argument_end(GPtrArray *arguments, GString *argument)
{
	g_ptr_array_add(arguments, g_strdup(g_strstrip(argument->str)));
	g_string_truncate(argument, 0);
}

static void argument_comma(struct lexer *lx, GPtrArray *arguments, GString *argument)
{
	argument_end(arguments, argument);
	lx->at++;
}

static void argument_blank(struct lexer *lx, GString *argument)
{
	if (argument->len && argument->str[argument->len - 1] != ' ')
		g_string_append_c(argument, ' ');
	if (lx->at < lx->end && *lx->at == '\n')
		advance(lx);
}

/* Copies a string, or one character, and keeps count of the brackets. */
static void argument_piece(struct lexer *lx, GString *argument, int *depth)
{
	const char *start = lx->at;

	if (*lx->at == '"' || *lx->at == '\'') {
		skip_quoted(lx, *lx->at);
	} else {
		*depth += strchr("([{", *lx->at) != NULL;
		*depth -= strchr(")]}", *lx->at) != NULL;
		lx->at++;
	}
	g_string_append_len(argument, start, lx->at - start);
}

GPtrArray *lexer_arguments(const char *text, size_t size, size_t offset)
{
	struct lexer lx = { .at = text + offset, .text = text, .end = text + size };
	GPtrArray *arguments = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) argument = g_string_new(NULL);
	int depth = 1;

	while (lx.at < lx.end && *lx.at != '(')
		lx.at++;
	if (lx.at < lx.end)
		lx.at++;
	while (lx.at < lx.end) {
		if (*lx.at == '\n' || skip_blank(&lx))
			argument_blank(&lx, argument);
		else if (depth == 1 && *lx.at == ')')
			break;
		else if (depth == 1 && *lx.at == ',')
			argument_comma(&lx, arguments, argument);
		else
			argument_piece(&lx, argument, &depth);
	}
	if (arguments->len || argument->len)
		argument_end(arguments, argument);
	return arguments;
}

static int compare_words(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *lexer_words(const char *text, size_t size, const char *prefix)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	size_t length = strlen(prefix);

	for (size_t i = 0; i + length <= size; i++) {
		size_t end = i;
		char *word;

		if (!word_start(text[i]) || (i && word_char(text[i - 1])))
			continue;
		while (end < size && word_char(text[end]))
			end++;
		if (end - i > length && !memcmp(text + i, prefix, length)) {
			word = g_strndup(text + i, end - i);
			if (g_hash_table_contains(seen, word)) {
				g_free(word);
			} else {
				g_hash_table_add(seen, word);
				g_ptr_array_add(words, word);
			}
		}
		i = end - 1;
	}
	g_ptr_array_sort(words, compare_words);
	return words;
}
