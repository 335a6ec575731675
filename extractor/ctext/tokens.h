/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CTEXT_TOKENS_H
#define GUPCONV_CTEXT_TOKENS_H

#include "ctext/tokenizer.h"

/**
 * struct token_function - a function definition, by token indices
 * @name: the word before the parameter list
 * @params: its opening parenthesis
 * @open: the opening brace of its body
 * @close: the closing one
 */
struct token_function {
	int name, params, open, close;
};

/**
 * struct tokens - the tokens of a file, without comments and directives
 * @text: of the file, not owned; @length bytes
 * @list: of struct token
 * @matches: of int, one a token: index of the bracket that it opens or closes, -1 for none
 * @comments: of struct span, those in directives too
 * @functions: of struct token_function
 * @lines: of guint: offset of each line's first byte
 */
struct tokens {
	const char *text;
	gsize length;
	GArray *list, *matches, *comments, *functions, *lines;
};

struct tokens *tokens_new(const char *text, gsize length);
void tokens_free(struct tokens *tokens);
typedef struct tokens tokens_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(tokens_t, tokens_free)

/* index: within the list; the other functions take any, and nothing is outside of it. */
const struct token *tokens_at(const struct tokens *tokens, int index);
int tokens_count(const struct tokens *tokens);
/* The bracket that belongs to the one at index; -1: it is none, or has none. */
int tokens_match(const struct tokens *tokens, int index);
/* The token's text; a digraph is what it stands for. */
bool token_is(const struct tokens *tokens, int index, const char *text);
bool token_is_any(const struct tokens *tokens, int index, const char *const *texts);
/* Caller frees. */
char *token_text(const struct tokens *tokens, int index);
/* Two token runs, ends inclusive, of the same texts. */
bool tokens_equal(const struct tokens *a, int a_first, int a_last,
		  const struct tokens *b, int b_first, int b_last);
/* The text from token first to last, inclusive. */
char *tokens_text(const struct tokens *tokens, int first, int last);

/* Token that starts at the offset, or -1. */
int tokens_index_at(const struct tokens *tokens, guint offset);
/* Offset of a place counted from 1; columns are bytes. -1 when outside. */
int tokens_offset(const struct tokens *tokens, guint line, guint column);
/* The function whose definition holds the token: NULL, index -1 outside of all. */
int tokens_function_index(const struct tokens *tokens, int token);
const struct token_function *tokens_function(const struct tokens *tokens, int token);
const struct token_function *tokens_function_named(const struct tokens *tokens, const char *name);
/* A line that begins with '#' stands between the tokens first and last. */
bool tokens_directive(const struct tokens *tokens, int first, int last);
/* How often the word is called (is followed by a parenthesis) in first..last. */
int tokens_calls(const struct tokens *tokens, const char *word, int first, int last);
/* Index of the next occurrence of the word in from..last, or -1. */
int tokens_find(const struct tokens *tokens, const char *word, int from, int last);
/* The text with every run of white space made one blank, and none around brackets. */
char *text_fold(const char *text);

#endif
