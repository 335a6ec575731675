// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/ctype_word.h"
#include "ctext/tokenizer.h"

static bool ends(const struct tokenizer *tokenizer)
{
	return tokenizer->at >= tokenizer->size;
}

/* The byte so many behind the next one; NUL behind the text. */
static char peek(const struct tokenizer *tokenizer, guint ahead)
{
	return ahead < tokenizer->size - tokenizer->at ? tokenizer->text[tokenizer->at + ahead]
						       : '\0';
}

/* Past one byte, and a line when it is a newline. */
static void step(struct tokenizer *tokenizer)
{
	if (tokenizer->text[tokenizer->at++] == '\n') {
		tokenizer->line++;
		tokenizer->line_start = tokenizer->at;
	}
}

/* Length of the backslash and newline there, or 0. */
static guint splice_length(const struct tokenizer *tokenizer)
{
	if (peek(tokenizer, 0) != '\\')
		return 0;
	if (peek(tokenizer, 1) == '\n')
		return 2;
	return peek(tokenizer, 1) == '\r' && peek(tokenizer, 2) == '\n' ? 3 : 0;
}

static bool skip_splice(struct tokenizer *tokenizer)
{
	guint length = splice_length(tokenizer);

	if (!length)
		return false;
	tokenizer->at += length - 1;
	step(tokenizer);
	return true;
}

static void skip_block_comment(struct tokenizer *tokenizer)
{
	tokenizer->at += 2;
	while (!ends(tokenizer)) {
		if (peek(tokenizer, 0) == '*' && peek(tokenizer, 1) == '/') {
			tokenizer->at += 2;
			return;
		}
		step(tokenizer);
	}
}

static void skip_line_comment(struct tokenizer *tokenizer)
{
	while (!ends(tokenizer) && peek(tokenizer, 0) != '\n')
		if (!skip_splice(tokenizer))
			tokenizer->at++;
}

static bool skip_comment(struct tokenizer *tokenizer)
{
	struct span span = { .start = tokenizer->at, .line = tokenizer->line };

	if (peek(tokenizer, 1) == '*')
		skip_block_comment(tokenizer);
	else if (peek(tokenizer, 1) == '/')
		skip_line_comment(tokenizer);
	else
		return false;
	span.end = tokenizer->at;
	if (tokenizer->comments)
		g_array_append_val(tokenizer->comments, span);
	return true;
}

/* To the first byte of a token, or a newline. */
static void skip_blanks(struct tokenizer *tokenizer)
{
	while (!ends(tokenizer)) {
		switch (tokenizer->text[tokenizer->at]) {
		case ' ':
		case '\t':
		case '\r':
		case '\f':
		case '\v':
			tokenizer->at++;
			break;
		case '\\':
			if (!skip_splice(tokenizer))
				return;
			break;
		case '/':
			if (!skip_comment(tokenizer))
				return;
			break;
		default:
			return;
		}
	}
}

static void take_quoted(struct tokenizer *tokenizer, char quote)
{
	tokenizer->at++;
	while (!ends(tokenizer) && peek(tokenizer, 0) != '\n') {
		if (peek(tokenizer, 0) == quote) {
			tokenizer->at++;
			return;
		}
		if (skip_splice(tokenizer))
			continue;
		tokenizer->at += peek(tokenizer, 0) == '\\' && peek(tokenizer, 1) ? 2 : 1;
	}
}

static void take_word(struct tokenizer *tokenizer)
{
	while (!ends(tokenizer) && text_word_char(tokenizer->text[tokenizer->at]))
		tokenizer->at++;
}

static void take_number(struct tokenizer *tokenizer)
{
	for (; !ends(tokenizer); tokenizer->at++) {
		char c = tokenizer->text[tokenizer->at], last;

		if (text_word_char(c) || c == '.')
			continue;
		last = g_ascii_tolower(tokenizer->text[tokenizer->at - 1]);
		if ((c != '+' && c != '-') || (last != 'e' && last != 'p'))
			return;
	}
}

/* Bytes of the longest punctuator that begins with c. */
static guint punct_length(const struct tokenizer *tokenizer, char c)
{
	char second = peek(tokenizer, 1);

	switch (c) {
	case '<':
	case '>':
		if (second == c)
			return peek(tokenizer, 2) == '=' ? 3 : 2;
		return second == '=' || (c == '<' && (second == '%' || second == ':')) ? 2 : 1;
	case '+':
	case '&':
	case '|':
		return second == c || second == '=' ? 2 : 1;
	case '-':
		return second == c || second == '=' || second == '>' ? 2 : 1;
	case '%':
		return second == '=' || second == '>' || second == ':' ? 2 : 1;
	case ':':
		return second == '>' ? 2 : 1;
	case '=':
	case '!':
	case '*':
	case '/':
	case '^':
		return second == '=' ? 2 : 1;
	case '#':
		return second == '#' ? 2 : 1;
	case '.':
		return second == '.' && peek(tokenizer, 2) == '.' ? 3 : 1;
	default:
		return 1;
	}
}

/* The one character that a punctuator is, or stands for; 0: it is longer. */
static char punct_character(const char *text, guint length)
{
	static const char digraphs[][2] = {
		{ '<', '%' }, { '%', '>' }, { '<', ':' }, { ':', '>' }, { '%', ':' },
	};

	if (length == 1)
		return *text;
	for (guint i = 0; length == 2 && i < G_N_ELEMENTS(digraphs); i++)
		if (!memcmp(text, digraphs[i], 2))
			return "{}[]#"[i];
	return 0;
}

static void take_punct(struct tokenizer *tokenizer, struct token *token, char c)
{
	guint length = punct_length(tokenizer, c);

	token->kind = TOKEN_PUNCT;
	token->c = punct_character(tokenizer->text + tokenizer->at, length);
	if (token->c == '#' && tokenizer->line_begins)
		token->kind = TOKEN_DIRECTIVE;
	tokenizer->at += length;
}

static void take_token(struct tokenizer *tokenizer, struct token *token)
{
	char c = tokenizer->text[tokenizer->at];

	if (text_word_start(c)) {
		token->kind = TOKEN_WORD;
		take_word(tokenizer);
	} else if (g_ascii_isdigit(c) || (c == '.' && g_ascii_isdigit(peek(tokenizer, 1)))) {
		token->kind = TOKEN_NUMBER;
		take_number(tokenizer);
	} else if (c == '"' || c == '\'') {
		token->kind = c == '"' ? TOKEN_STRING : TOKEN_CHARACTER;
		take_quoted(tokenizer, c);
	} else if (c == '\n') {
		token->kind = TOKEN_NEWLINE;
		step(tokenizer);
	} else {
		take_punct(tokenizer, token, c);
	}
	tokenizer->line_begins = token->kind == TOKEN_NEWLINE;
}

bool tokenizer_next(struct tokenizer *tokenizer, struct token *token)
{
	skip_blanks(tokenizer);
	if (ends(tokenizer))
		return false;
	*token = (struct token){ .start = tokenizer->at, .line = tokenizer->line };
	take_token(tokenizer, token);
	token->end = tokenizer->at;
	return true;
}

void tokenizer_skip_line(struct tokenizer *tokenizer)
{
	struct token token;

	while (tokenizer_next(tokenizer, &token) && token.kind != TOKEN_NEWLINE)
		;
}

bool tokenizer_token_is(const struct tokenizer *tokenizer, const struct token *token,
			const char *text)
{
	size_t length = strlen(text);

	return token->end - token->start == length &&
	       !memcmp(tokenizer->text + token->start, text, length);
}
