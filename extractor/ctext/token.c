// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ctext/token.h"
#include "base/ctype_word.h"

/**
 * struct lexer - where the cutting stands
 * @stack: indices of the brackets that are open
 * @levels: depth of @stack at each open #if; an #else goes back to it, so that
 *	    "#if A if (x) { #else if (y) { #endif" counts one brace
 */
struct lexer {
	struct source *source;
	guint at, line;
	GArray *stack;
	GArray *levels;
	bool line_start;
};

static char peek(const struct lexer *lexer, guint ahead)
{
	gsize at = (gsize)lexer->at + ahead;

	return at < lexer->source->length ? lexer->source->text[at] : '\0';
}

static void advance(struct lexer *lexer, guint count)
{
	for (; count && lexer->at < lexer->source->length; count--) {
		if (lexer->source->text[lexer->at++] == '\n') {
			guint start = lexer->at;

			lexer->line++;
			lexer->line_start = true;
			g_array_append_val(lexer->source->lines, start);
		}
	}
}

static void lex_comment(struct lexer *lexer)
{
	struct span span = { .start = lexer->at, .line = lexer->line };
	bool block = peek(lexer, 1) == '*';

	advance(lexer, 2);
	while (lexer->at < lexer->source->length) {
		if (block && peek(lexer, 0) == '*' && peek(lexer, 1) == '/') {
			advance(lexer, 2);
			break;
		}
		if (!block && peek(lexer, 0) == '\n')
			break;
		advance(lexer, 1);
	}
	span.end = lexer->at;
	g_array_append_val(lexer->source->comments, span);
}

static void lex_quoted(struct lexer *lexer)
{
	char quote = peek(lexer, 0);

	advance(lexer, 1);
	while (lexer->at < lexer->source->length && peek(lexer, 0) != quote) {
		if (peek(lexer, 0) == '\n')
			return;
		advance(lexer, peek(lexer, 0) == '\\' ? 2 : 1);
	}
	advance(lexer, 1);
}

static guint punct_length(const struct lexer *lexer)
{
	static const char *const longest[] = {
		"<<=", ">>=", "...", "->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=",
		"&&", "||", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "##",
	};
	const char *at = lexer->source->text + lexer->at;
	gsize left = lexer->source->length - lexer->at;

	for (size_t i = 0; i < G_N_ELEMENTS(longest); i++) {
		size_t length = strlen(longest[i]);

		if (length <= left && !memcmp(at, longest[i], length))
			return length;
	}
	return 1;
}

static void directive_level(struct lexer *lexer, const char *word, gsize length)
{
	guint depth = lexer->stack->len;

	if (length >= 2 && !strncmp(word, "if", 2)) {
		g_array_append_val(lexer->levels, depth);
	} else if (length == 5 && !strncmp(word, "endif", 5)) {
		if (lexer->levels->len)
			g_array_set_size(lexer->levels, lexer->levels->len - 1);
	} else if (length >= 4 && !strncmp(word, "el", 2) && lexer->levels->len) {
		guint saved = g_array_index(lexer->levels, guint, lexer->levels->len - 1);

		if (saved < depth)
			g_array_set_size(lexer->stack, saved);
	}
}

static void lex_directive(struct lexer *lexer)
{
	const char *text = lexer->source->text;
	guint start;
	gsize length = 0;

	advance(lexer, 1);
	while (peek(lexer, 0) == ' ' || peek(lexer, 0) == '\t')
		advance(lexer, 1);
	start = lexer->at;
	while (start + length < lexer->source->length && text_word_char(text[start + length]))
		length++;
	directive_level(lexer, text + start, length);
	while (lexer->at < lexer->source->length && peek(lexer, 0) != '\n') {
		if (peek(lexer, 0) == '/' && (peek(lexer, 1) == '*' || peek(lexer, 1) == '/'))
			lex_comment(lexer);
		else
			advance(lexer, peek(lexer, 0) == '\\' ? 2 : 1);
	}
}

static bool brackets_fit(char open, char close)
{
	return (open == '(' && close == ')') || (open == '[' && close == ']') ||
	       (open == '{' && close == '}');
}

static void bracket_link(struct lexer *lexer, struct token *token)
{
	GArray *tokens = lexer->source->tokens;
	char c = lexer->source->text[token->start];
	int index = tokens->len;

	if (strchr("([{", c)) {
		g_array_append_val(lexer->stack, index);
		return;
	}
	if (!strchr(")]}", c) || !lexer->stack->len)
		return;
	int open = g_array_index(lexer->stack, int, lexer->stack->len - 1);
	struct token *other = &g_array_index(tokens, struct token, open);

	if (!brackets_fit(lexer->source->text[other->start], c))
		return;
	g_array_set_size(lexer->stack, lexer->stack->len - 1);
	token->match = open;
	other->match = index;
}

static void lex_token(struct lexer *lexer)
{
	struct token token = { .start = lexer->at, .line = lexer->line, .match = -1 };
	char c = peek(lexer, 0);

	if (text_word_start(c) || g_ascii_isdigit(c)) {
		token.kind = text_word_start(c) ? TOKEN_WORD : TOKEN_NUMBER;
		while (text_word_char(peek(lexer, 0)) ||
		       (token.kind == TOKEN_NUMBER && peek(lexer, 0) == '.'))
			advance(lexer, 1);
	} else if (c == '"' || c == '\'') {
		token.kind = TOKEN_STRING;
		lex_quoted(lexer);
	} else {
		token.kind = TOKEN_PUNCT;
		advance(lexer, punct_length(lexer));
	}
	token.end = lexer->at;
	if (token.kind == TOKEN_PUNCT)
		bracket_link(lexer, &token);
	g_array_append_val(lexer->source->tokens, token);
	lexer->line_start = false;
}

static void lex_all(struct lexer *lexer)
{
	while (lexer->at < lexer->source->length) {
		char c = peek(lexer, 0);

		if (g_ascii_isspace(c) || (c == '\\' && peek(lexer, 1) == '\n'))
			advance(lexer, 1);
		else if (c == '/' && (peek(lexer, 1) == '*' || peek(lexer, 1) == '/'))
			lex_comment(lexer);
		else if (c == '#' && lexer->line_start)
			lex_directive(lexer);
		else
			lex_token(lexer);
	}
}

static bool word_attribute(const struct source *source, int index)
{
	const struct token *token = source_token(source, index);

	return token->end - token->start > 2 && !strncmp(source->text + token->start, "__", 2);
}

/* Is the brace at index a function's body? Then its name and parameters. */
static bool function_header(const struct source *source, int open, struct function *function)
{
	int at = open - 1;

	while (at > 0 && token_is(source, at, ")")) {
		int params = source_token(source, at)->match;

		if (params < 1 || source_token(source, params - 1)->kind != TOKEN_WORD)
			return false;
		function->name = params - 1;
		function->params = params;
		if (!word_attribute(source, params - 1) || !token_is(source, params - 2, ")"))
			return true;
		at = params - 2;
	}
	return false;
}

static void functions_find(struct source *source)
{
	int count = source_count(source);

	for (int i = 1; i < count; i++) {
		struct function function = { .open = i };
		const struct token *token = source_token(source, i);

		if (token->match < i)
			continue;
		if (token_is(source, i, "{") && function_header(source, i, &function)) {
			function.close = token->match;
			g_array_append_val(source->functions, function);
		}
		/* Nothing inside of brackets starts a function. */
		if (!token_is(source, i, "{") || token_is(source, i - 1, ")") ||
		    token_is(source, i - 1, "="))
			i = token->match;
	}
}

struct source *source_new(const char *text, gsize length)
{
	struct source *source = g_new0(struct source, 1);
	struct lexer lexer = { .source = source, .line = 1, .line_start = true };
	guint zero = 0;

	source->text = text;
	source->length = length;
	source->tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	source->comments = g_array_new(FALSE, FALSE, sizeof(struct span));
	source->functions = g_array_new(FALSE, FALSE, sizeof(struct function));
	source->lines = g_array_new(FALSE, FALSE, sizeof(guint));
	g_array_append_val(source->lines, zero);
	lexer.stack = g_array_new(FALSE, FALSE, sizeof(int));
	lexer.levels = g_array_new(FALSE, FALSE, sizeof(guint));
	lex_all(&lexer);
	g_array_free(lexer.stack, TRUE);
	g_array_free(lexer.levels, TRUE);
	functions_find(source);
	return source;
}

void source_free(struct source *source)
{
	if (!source)
		return;
	g_array_free(source->tokens, TRUE);
	g_array_free(source->comments, TRUE);
	g_array_free(source->functions, TRUE);
	g_array_free(source->lines, TRUE);
	g_free(source);
}

const struct token *source_token(const struct source *source, int index)
{
	return &g_array_index(source->tokens, struct token, index);
}

int source_count(const struct source *source)
{
	return source->tokens->len;
}

bool token_is(const struct source *source, int index, const char *text)
{
	const struct token *token;
	size_t length = strlen(text);

	if (index < 0 || index >= source_count(source))
		return false;
	token = source_token(source, index);
	return token->end - token->start == length &&
	       !memcmp(source->text + token->start, text, length);
}

bool token_is_any(const struct source *source, int index, const char *const *texts)
{
	for (; *texts; texts++)
		if (token_is(source, index, *texts))
			return true;
	return false;
}

char *token_text(const struct source *source, int index)
{
	return tokens_text(source, index, index);
}

char *tokens_text(const struct source *source, int first, int last)
{
	guint start = source_token(source, first)->start;

	return g_strndup(source->text + start, source_token(source, last)->end - start);
}

bool tokens_equal(const struct source *a, int a_first, int a_last,
		  const struct source *b, int b_first, int b_last)
{
	if (a_last - a_first != b_last - b_first)
		return false;
	for (int i = a_first, j = b_first; i <= a_last; i++, j++) {
		const struct token *x = source_token(a, i), *y = source_token(b, j);

		if (x->end - x->start != y->end - y->start ||
		    memcmp(a->text + x->start, b->text + y->start, x->end - x->start))
			return false;
	}
	return true;
}

int source_token_at(const struct source *source, guint offset)
{
	int low = 0, high = source_count(source) - 1;

	while (low <= high) {
		int middle = (low + high) / 2;
		guint start = source_token(source, middle)->start;

		if (start == offset)
			return middle;
		if (start < offset)
			low = middle + 1;
		else
			high = middle - 1;
	}
	return -1;
}

int source_offset(const struct source *source, guint line, guint column)
{
	if (!line || line > source->lines->len || !column)
		return -1;
	return g_array_index(source->lines, guint, line - 1) + column - 1;
}

const struct function *source_function(const struct source *source, int token)
{
	for (guint i = 0; i < source->functions->len; i++) {
		const struct function *function =
			&g_array_index(source->functions, struct function, i);

		if (function->name <= token && token <= function->close)
			return function;
	}
	return NULL;
}

const struct function *source_function_named(const struct source *source, const char *name)
{
	for (guint i = 0; i < source->functions->len; i++) {
		const struct function *function =
			&g_array_index(source->functions, struct function, i);

		if (token_is(source, function->name, name))
			return function;
	}
	return NULL;
}

int source_find(const struct source *source, const char *word, int from, int last)
{
	for (int i = from; i <= last; i++)
		if (source_token(source, i)->kind == TOKEN_WORD && token_is(source, i, word))
			return i;
	return -1;
}

int source_calls(const struct source *source, const char *word, int first, int last)
{
	int calls = 0;

	for (int i = source_find(source, word, first, last); i >= 0;
	     i = source_find(source, word, i + 1, last))
		calls += token_is(source, i + 1, "(");
	return calls;
}

char *text_fold(const char *text)
{
	GString *out = g_string_new(NULL);

	for (const char *p = text; *p; p++) {
		char last = out->len ? out->str[out->len - 1] : '(';

		if (!g_ascii_isspace(*p)) {
			if (last == ' ' && strchr(")],;", *p))
				g_string_truncate(out, out->len - 1);
			g_string_append_c(out, *p);
		} else if (!strchr(" ([", last)) {
			g_string_append_c(out, ' ');
		}
	}
	return g_string_free(out, FALSE);
}
