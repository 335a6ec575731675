// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ctext/conditional_stack.h"
#include "ctext/tokens.h"

/**
 * struct token_builder - the tokens that are made
 * @open: indices of the brackets that are open; an #else goes back to those of its #if
 */
struct token_builder {
	struct tokens *tokens;
	struct tokenizer tokenizer;
	struct conditional_stack stack;
	GArray *open;
};

static bool brackets_fit(char open, char close)
{
	return (open == '(' && close == ')') || (open == '[' && close == ']') ||
	       (open == '{' && close == '}');
}

static void match_set(struct tokens *tokens, int index, int match)
{
	g_array_index(tokens->matches, int, index) = match;
}

/* The token at index opens or closes a bracket, or is another one. */
static void bracket_link(struct token_builder *builder, int index, char c)
{
	int open;

	if (strchr("([{", c)) {
		g_array_append_val(builder->open, index);
		return;
	}
	if (!strchr(")]}", c) || !builder->open->len)
		return;
	open = g_array_index(builder->open, int, builder->open->len - 1);
	if (!brackets_fit(tokens_at(builder->tokens, open)->c, c))
		return;
	g_array_set_size(builder->open, builder->open->len - 1);
	match_set(builder->tokens, index, open);
	match_set(builder->tokens, open, index);
}

static void add_token(struct token_builder *builder, const struct token *token)
{
	const int none = -1;

	g_array_append_val(builder->tokens->list, *token);
	g_array_append_val(builder->tokens->matches, none);
	if (token->kind == TOKEN_PUNCT && token->c)
		bracket_link(builder, tokens_count(builder->tokens) - 1, token->c);
}

/* A directive is none of the tokens, with all that a #define defines. */
static void pass_directive(struct token_builder *builder, const struct token *hash)
{
	struct token macro;

	builder->stack.depth = builder->open->len;
	if (conditional_stack_directive(&builder->stack, &builder->tokenizer, hash, &macro))
		tokenizer_skip_line(&builder->tokenizer);
	if (builder->stack.depth < builder->open->len)
		g_array_set_size(builder->open, builder->stack.depth);
}

static void build(struct token_builder *builder)
{
	struct token token;

	while (tokenizer_next(&builder->tokenizer, &token)) {
		if (token.kind == TOKEN_DIRECTIVE)
			pass_directive(builder, &token);
		else if (token.kind != TOKEN_NEWLINE)
			add_token(builder, &token);
	}
}

/* Offsets of the first bytes of the lines. */
static GArray *lines_of(const char *text, gsize length)
{
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(guint));
	const char *at = text, *end = text + length;
	guint start = 0;

	g_array_append_val(lines, start);
	while ((at = memchr(at, '\n', end - at))) {
		start = ++at - text;
		g_array_append_val(lines, start);
	}
	return lines;
}

static bool word_attribute(const struct tokens *tokens, int index)
{
	const struct token *token = tokens_at(tokens, index);

	return token->end - token->start > 2 && !strncmp(tokens->text + token->start, "__", 2);
}

/* Is the brace at index a function's body? Then its name and parameters. */
static bool function_header(const struct tokens *tokens, int open, struct token_function *function)
{
	int at = open - 1;

	while (at > 0 && token_is(tokens, at, ")")) {
		int params = tokens_match(tokens, at);

		if (params < 1 || tokens_at(tokens, params - 1)->kind != TOKEN_WORD)
			return false;
		function->name = params - 1;
		function->params = params;
		if (!word_attribute(tokens, params - 1) || !token_is(tokens, params - 2, ")"))
			return true;
		at = params - 2;
	}
	return false;
}

static void functions_find(struct tokens *tokens)
{
	int count = tokens_count(tokens);

	for (int i = 1; i < count; i++) {
		struct token_function function = { .open = i };
		int match = tokens_match(tokens, i);

		if (match < i)
			continue;
		if (token_is(tokens, i, "{") && function_header(tokens, i, &function)) {
			function.close = match;
			g_array_append_val(tokens->functions, function);
		}
		/* Nothing inside of brackets starts a function. */
		if (!token_is(tokens, i, "{") || token_is(tokens, i - 1, ")") ||
		    token_is(tokens, i - 1, "="))
			i = match;
	}
}

struct tokens *tokens_new(const char *text, gsize length)
{
	struct tokens *tokens = g_new0(struct tokens, 1);
	struct token_builder builder = {
		.tokens = tokens, .tokenizer = tokenizer_begin(text, length),
		.stack = conditional_stack_new(),
	};

	tokens->text = text;
	tokens->length = length;
	tokens->list = g_array_new(FALSE, FALSE, sizeof(struct token));
	tokens->matches = g_array_new(FALSE, FALSE, sizeof(int));
	tokens->comments = g_array_new(FALSE, FALSE, sizeof(struct span));
	tokens->functions = g_array_new(FALSE, FALSE, sizeof(struct token_function));
	tokens->lines = lines_of(text, length);
	builder.tokenizer.comments = tokens->comments;
	builder.open = g_array_new(FALSE, FALSE, sizeof(int));
	build(&builder);
	g_array_free(builder.open, TRUE);
	conditional_stack_clear(&builder.stack);
	functions_find(tokens);
	return tokens;
}

void tokens_free(struct tokens *tokens)
{
	if (!tokens)
		return;
	g_array_free(tokens->list, TRUE);
	g_array_free(tokens->matches, TRUE);
	g_array_free(tokens->comments, TRUE);
	g_array_free(tokens->functions, TRUE);
	g_array_free(tokens->lines, TRUE);
	g_free(tokens);
}

const struct token *tokens_at(const struct tokens *tokens, int index)
{
	return &g_array_index(tokens->list, struct token, index);
}

int tokens_match(const struct tokens *tokens, int index)
{
	return index >= 0 && index < tokens_count(tokens) ?
	       g_array_index(tokens->matches, int, index) : -1;
}

int tokens_count(const struct tokens *tokens)
{
	return tokens->list->len;
}

bool token_is(const struct tokens *tokens, int index, const char *text)
{
	const struct token *token;
	size_t length;

	if (index < 0 || index >= tokens_count(tokens))
		return false;
	token = tokens_at(tokens, index);
	if (token->kind == TOKEN_PUNCT && token->c)
		return token->c == text[0] && !text[1];
	length = strlen(text);
	return token->end - token->start == length &&
	       !memcmp(tokens->text + token->start, text, length);
}

bool token_is_any(const struct tokens *tokens, int index, const char *const *texts)
{
	for (; *texts; texts++)
		if (token_is(tokens, index, *texts))
			return true;
	return false;
}

char *token_text(const struct tokens *tokens, int index)
{
	return tokens_text(tokens, index, index);
}

char *tokens_text(const struct tokens *tokens, int first, int last)
{
	guint start = tokens_at(tokens, first)->start;

	return g_strndup(tokens->text + start, tokens_at(tokens, last)->end - start);
}

bool tokens_equal(const struct tokens *a, int a_first, int a_last,
		  const struct tokens *b, int b_first, int b_last)
{
	if (a_last - a_first != b_last - b_first)
		return false;
	for (int i = a_first, j = b_first; i <= a_last; i++, j++) {
		const struct token *x = tokens_at(a, i), *y = tokens_at(b, j);

		if (x->end - x->start != y->end - y->start ||
		    memcmp(a->text + x->start, b->text + y->start, x->end - x->start))
			return false;
	}
	return true;
}

int tokens_index_at(const struct tokens *tokens, guint offset)
{
	int low = 0, high = tokens_count(tokens) - 1;

	while (low <= high) {
		int middle = (low + high) / 2;
		guint start = tokens_at(tokens, middle)->start;

		if (start == offset)
			return middle;
		if (start < offset)
			low = middle + 1;
		else
			high = middle - 1;
	}
	return -1;
}

int tokens_offset(const struct tokens *tokens, guint line, guint column)
{
	if (!line || line > tokens->lines->len || !column)
		return -1;
	return g_array_index(tokens->lines, guint, line - 1) + column - 1;
}

int tokens_function_index(const struct tokens *tokens, int token)
{
	for (guint i = 0; i < tokens->functions->len; i++) {
		const struct token_function *function =
			&g_array_index(tokens->functions, struct token_function, i);

		if (function->name <= token && token <= function->close)
			return (int)i;
	}
	return -1;
}

const struct token_function *tokens_function(const struct tokens *tokens, int token)
{
	int index = tokens_function_index(tokens, token);

	return index < 0 ? NULL : &g_array_index(tokens->functions, struct token_function, index);
}

const struct token_function *tokens_function_named(const struct tokens *tokens, const char *name)
{
	for (guint i = 0; i < tokens->functions->len; i++) {
		const struct token_function *function =
			&g_array_index(tokens->functions, struct token_function, i);

		if (token_is(tokens, function->name, name))
			return function;
	}
	return NULL;
}

int tokens_find(const struct tokens *tokens, const char *word, int from, int last)
{
	for (int i = from; i <= last; i++)
		if (tokens_at(tokens, i)->kind == TOKEN_WORD && token_is(tokens, i, word))
			return i;
	return -1;
}

bool tokens_directive(const struct tokens *tokens, int first, int last)
{
	guint to = tokens_at(tokens, last)->end;

	for (guint i = tokens_at(tokens, first)->start; i + 1 < to; i++) {
		if (tokens->text[i] != '\n')
			continue;
		i += strspn(tokens->text + i + 1, " \t");
		if (tokens->text[i + 1] == '#')
			return true;
	}
	return false;
}

int tokens_calls(const struct tokens *tokens, const char *word, int first, int last)
{
	int calls = 0;

	for (int i = tokens_find(tokens, word, first, last); i >= 0;
	     i = tokens_find(tokens, word, i + 1, last))
		calls += token_is(tokens, i + 1, "(");
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
