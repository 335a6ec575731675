// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ctext/call_scanner.h"
#include "ctext/conditional_stack.h"

#define WORD_MAX 128	/* a longer name is copied before it is looked up */

/**
 * struct call_scanner - where the search for calls stands
 * @stack: the #if levels; its depth counts braces, outside of macros
 * @parens: parentheses that are open, outside of macros
 * @before: the token before this one
 * @macro: name of the macro whose definition this is, while @in_macro
 * @candidate: the word before the last '(' at file scope, when @has_candidate:
 *	if a body follows, it is that function's name
 * @function: the function around, when @has_function
 * @function_line: where its body opens
 */
struct call_scanner {
	struct tokenizer tokenizer;
	struct conditional_stack stack;
	guint parens;
	struct token before, macro, candidate, function;
	bool in_macro, has_candidate, has_function;
	guint function_line;
	GHashTable *names;
	GPtrArray *calls;
};

void text_call_free(void *data)
{
	struct text_call *call = data;

	g_free(call->function);
	g_free(call->guard);
	g_free(call->macro);
	g_free(call);
}

static bool is_member(const struct call_scanner *scanner)
{
	const struct token *before = &scanner->before;

	return before->kind == TOKEN_PUNCT &&
	       (before->c == '.' || tokenizer_token_is(&scanner->tokenizer, before, "->"));
}

static bool followed_by_paren(const struct call_scanner *scanner)
{
	struct tokenizer ahead = scanner->tokenizer;
	struct token token;

	while (tokenizer_next(&ahead, &token))
		if (token.kind != TOKEN_NEWLINE || scanner->in_macro)
			return token.kind == TOKEN_PUNCT && token.c == '(';
	return false;
}

/* The member of the set of names that the token is, or NULL. */
static const char *known_name(const struct call_scanner *scanner, const struct token *token)
{
	const char *text = scanner->tokenizer.text + token->start;
	guint length = token->end - token->start;
	g_autofree char *copy = NULL;
	char word[WORD_MAX];
	void *name;

	if (length >= WORD_MAX) {
		copy = g_strndup(text, length);
	} else {
		memcpy(word, text, length);
		word[length] = '\0';
	}
	return g_hash_table_lookup_extended(scanner->names, copy ? copy : word, &name, NULL) ?
	       name : NULL;
}

/* The token's text, or "" when it does not hold. */
static char *text_if(const struct call_scanner *scanner, bool holds, const struct token *token)
{
	return holds ? g_strndup(scanner->tokenizer.text + token->start, token->end - token->start)
		     : g_strdup("");
}

static void call_add(struct call_scanner *scanner, const char *name, const struct token *token)
{
	struct text_call *call = g_new0(struct text_call, 1);

	call->name = name;
	call->line = token->line;
	call->column = token->start - scanner->tokenizer.line_start + 1;
	call->offset = token->start;
	call->guard = conditional_stack_words(&scanner->stack, &call->dead);
	call->macro = text_if(scanner, scanner->in_macro, &scanner->macro);
	call->function = text_if(scanner, !scanner->in_macro && scanner->has_function,
				 &scanner->function);
	call->function_line = scanner->function_line;
	g_ptr_array_add(scanner->calls, call);
}

/* "#define NAME call": all that the macro's text is; names of the API for each other are none. */
static bool is_alias(const struct call_scanner *scanner, const struct token *token)
{
	const char *text = scanner->tokenizer.text;
	struct tokenizer ahead = scanner->tokenizer;
	struct token next;

	if (!scanner->in_macro || token->start <= scanner->macro.end)
		return false;
	for (guint i = scanner->macro.end; i < token->start; i++)
		if (text[i] != ' ' && text[i] != '\t')
			return false;
	return (!tokenizer_next(&ahead, &next) || next.kind == TOKEN_NEWLINE) &&
	       !known_name(scanner, &scanner->macro);
}

static void scan_word(struct call_scanner *scanner, const struct token *token)
{
	bool after_paren = scanner->before.kind == TOKEN_PUNCT && scanner->before.c == ')';
	const char *name;

	if (scanner->stack.depth || scanner->in_macro) {
		name = is_member(scanner) ? NULL : known_name(scanner, token);
		if (name && (followed_by_paren(scanner) || is_alias(scanner, token)))
			call_add(scanner, name, token);
	} else if (!scanner->parens && !after_paren && followed_by_paren(scanner)) {
		/* After ')' it would be an attribute of the function before it. */
		scanner->candidate = *token;
		scanner->has_candidate = true;
	}
}

static void brace_open(struct call_scanner *scanner, const struct token *token)
{
	if (scanner->stack.depth++)
		return;
	scanner->function = scanner->candidate;
	scanner->has_function = scanner->has_candidate;
	scanner->function_line = token->line;
}

static void brace_close(struct call_scanner *scanner)
{
	if (scanner->stack.depth && !--scanner->stack.depth)
		scanner->has_function = false;
}

/* Punctuation outside of macros. */
static void scan_punct(struct call_scanner *scanner, const struct token *token)
{
	switch (token->c) {
	case '{':
		brace_open(scanner, token);
		break;
	case '}':
		brace_close(scanner);
		break;
	case '(':
		scanner->parens++;
		break;
	case ')':
		scanner->parens -= scanner->parens > 0;
		break;
	case ';':
		scanner->has_candidate &= scanner->stack.depth > 0;
		break;
	}
}

static void scan_token(struct call_scanner *scanner, const struct token *token)
{
	switch (token->kind) {
	case TOKEN_NEWLINE:
		scanner->in_macro = false;
		return;
	case TOKEN_DIRECTIVE:
		scanner->in_macro = conditional_stack_directive(
			&scanner->stack, &scanner->tokenizer, token, &scanner->macro);
		return;
	case TOKEN_WORD:
		scan_word(scanner, token);
		break;
	case TOKEN_PUNCT:
		if (!scanner->in_macro)
			scan_punct(scanner, token);
		break;
	default:
		break;
	}
	scanner->before = *token;
}

GPtrArray *call_scanner_find(const char *text, size_t size, GHashTable *names)
{
	struct call_scanner scanner = {
		.tokenizer = tokenizer_begin(text, size), .stack = conditional_stack_new(),
		.before = { .kind = TOKEN_NEWLINE }, .names = names,
		.calls = g_ptr_array_new_with_free_func(text_call_free),
	};
	struct token token;

	while (tokenizer_next(&scanner.tokenizer, &token))
		scan_token(&scanner, &token);
	conditional_stack_clear(&scanner.stack);
	return scanner.calls;
}

static void argument_end(GPtrArray *arguments, GString *argument)
{
	g_ptr_array_add(arguments, g_strdup(argument->str));
	g_string_truncate(argument, 0);
}

static int bracket_step(const struct token *token)
{
	if (token->kind != TOKEN_PUNCT || !token->c)
		return 0;
	return (strchr("([{", token->c) != NULL) - (strchr(")]}", token->c) != NULL);
}

GPtrArray *call_scanner_arguments(const char *text, size_t size, size_t offset)
{
	const char *open = memchr(text + offset, '(', size - offset);
	struct tokenizer tokenizer = tokenizer_begin(text, size);
	GPtrArray *arguments = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) argument = g_string_new(NULL);
	struct token token;
	guint last;
	int depth = 1;

	tokenizer.at = last = open ? (guint)(open + 1 - text) : size;
	tokenizer.line_begins = false;
	while (tokenizer_next(&tokenizer, &token)) {
		depth += bracket_step(&token);
		if (!depth)
			break;
		if (depth == 1 && token.kind == TOKEN_PUNCT && token.c == ',') {
			argument_end(arguments, argument);
		} else if (token.kind != TOKEN_NEWLINE) {
			if (argument->len && token.start > last)
				g_string_append_c(argument, ' ');
			g_string_append_len(argument, text + token.start, token.end - token.start);
		}
		last = token.kind == TOKEN_NEWLINE ? token.start : token.end;
	}
	if (arguments->len || argument->len)
		argument_end(arguments, argument);
	return arguments;
}

static void span_extend(struct text_span *span, const struct tokenizer *tokenizer,
			const struct token *token)
{
	unsigned int column = token->start - tokenizer->line_start + 1;

	if (!span->line) {
		span->line = token->line;
		span->column = column;
	}
	span->end_line = token->line;
	span->end_column = column + (token->end - token->start) - 1;
}

static void span_end(GArray *spans, struct text_span *span)
{
	g_array_append_val(spans, *span);
	*span = (struct text_span){ 0 };
}

GArray *call_scanner_spans(const char *text, size_t size, const struct text_call *call,
			   struct text_span *close)
{
	struct tokenizer tokenizer = tokenizer_begin(text, size);
	g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(struct text_span));
	struct text_span span = { 0 };
	struct token token;
	int depth = 0;

	tokenizer.at = call->offset;
	tokenizer.line = call->line;
	tokenizer.line_start = call->offset - (call->column - 1);
	tokenizer.line_begins = false;
	tokenizer_next(&tokenizer, &token);	/* the name */
	while (tokenizer_next(&tokenizer, &token)) {
		if (token.kind == TOKEN_NEWLINE)
			continue;
		depth += bracket_step(&token);
		if (!depth) {
			if (spans->len || span.line)
				span_end(spans, &span);
			*close = (struct text_span){ 0 };
			span_extend(close, &tokenizer, &token);
			return g_steal_pointer(&spans);
		}
		if (depth == 1 && token.kind == TOKEN_PUNCT && token.c == ',')
			span_end(spans, &span);
		else if (depth > 1 || token.kind != TOKEN_PUNCT || token.c != '(')
			span_extend(&span, &tokenizer, &token);
	}
	return NULL;
}
