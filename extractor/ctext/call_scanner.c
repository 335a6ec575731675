// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ctext/scanner_state.h"

void text_call_free(void *data)
{
	struct text_call *call = data;

	g_free(call->function);
	g_free(call->guard);
	g_free(call->macro);
	g_free(call);
}

static void newline(struct lexer *lx)
{
	lx->line++;
	lx->line_start = lx->at;
}

void lexer_advance(struct lexer *lx)
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
		lexer_advance(lx);
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
	lexer_advance(lx);
}

void lexer_skip_line(struct lexer *lx)
{
	while (lx->at < lx->end && *lx->at != '\n') {
		if (at_continuation(lx))
			skip_continuation(lx);
		else
			lx->at++;
	}
}

void lexer_skip_quoted(struct lexer *lx, char quote)
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

bool lexer_skip_blank(struct lexer *lx)
{
	if (*lx->at == ' ' || *lx->at == '\t' || *lx->at == '\r' || *lx->at == '\f')
		lx->at++;
	else if (at_continuation(lx))
		skip_continuation(lx);
	else if (starts(lx, "/*"))
		skip_block_comment(lx);
	else if (starts(lx, "//"))
		lexer_skip_line(lx);
	else
		return false;
	return true;
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
		else if (!lexer_skip_blank(&ahead))
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
	call->guard = lexer_guard_words(lx, &call->dead);
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
	lexer_advance(lx);
	lx->line_begins = true;
	g_clear_pointer(&lx->macro, g_free);
}

void lexer_token(struct lexer *lx)
{
	bool line_begins = lx->line_begins;

	if (*lx->at == '\n') {
		line_end(lx);
		return;
	}
	if (lexer_skip_blank(lx))
		return;
	lx->line_begins = false;
	if (*lx->at == '#' && line_begins) {
		lexer_directive(lx);
		return;
	}
	if (*lx->at == '"' || *lx->at == '\'') {
		lexer_skip_quoted(lx, *lx->at);
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

struct lexer lexer_begin(const char *text, size_t size, GHashTable *names)
{
	return (struct lexer){
		.at = text, .text = text, .end = text + size, .line_start = text, .line = 1,
		.line_begins = true, .names = names,
		.branches = g_ptr_array_new_with_free_func(lexer_branch_free),
		.calls = g_ptr_array_new_with_free_func(text_call_free),
	};
}

void lexer_end(struct lexer *lx)
{
	g_ptr_array_free(lx->branches, TRUE);
	g_free(lx->macro);
	g_free(lx->candidate);
	g_free(lx->function);
}

GPtrArray *lexer_calls(const char *text, size_t size, GHashTable *names)
{
	struct lexer lx = lexer_begin(text, size, names);

	while (lx.at < lx.end)
		lexer_token(&lx);
	lexer_end(&lx);
	return lx.calls;
}
