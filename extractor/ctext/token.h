/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CTEXT_TOKEN_H
#define GUPCONV_CTEXT_TOKEN_H

#include <glib.h>
#include <stdbool.h>

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_STRING, TOKEN_PUNCT };

/**
 * struct token - one token of C text; comments and directives are none
 * @start: byte offset, from 0
 * @end: offset of the byte after it
 * @line: from 1
 * @match: index of the bracket that it opens or closes, -1 for none
 */
struct token {
	enum token_kind kind;
	guint start, end, line;
	int match;
};

/**
 * struct span - a stretch of text outside of the token stream: a comment
 */
struct span {
	guint start, end, line;
};

/**
 * struct function - a function definition, by token indices
 * @name: the word before the parameter list
 * @params: its opening parenthesis
 * @open: the opening brace of its body
 * @close: the closing one
 */
struct function {
	int name, params, open, close;
};

/**
 * struct source - a file's text, cut up; it does not own the text
 */
struct source {
	const char *text;
	gsize length;
	GArray *tokens;
	GArray *comments;
	GArray *functions;
	GArray *lines;		/* offset of each line's first byte */
};

struct source *source_new(const char *text, gsize length);
void source_free(struct source *source);
typedef struct source source_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(source_t, source_free)

const struct token *source_token(const struct source *source, int index);
int source_count(const struct source *source);
bool token_is(const struct source *source, int index, const char *text);
bool token_is_any(const struct source *source, int index, const char *const *texts);
char *token_text(const struct source *source, int index);
/* Two token runs of the same texts. */
bool tokens_equal(const struct source *a, int a_first, int a_last,
		  const struct source *b, int b_first, int b_last);
/* The source text from token first to last, inclusive. */
char *tokens_text(const struct source *source, int first, int last);

/* Token that starts at the offset, or -1. */
int source_token_at(const struct source *source, guint offset);
/* Offset of a place counted from 1; columns are bytes. -1 when outside. */
int source_offset(const struct source *source, guint line, guint column);
/* The function whose definition holds the token; NULL outside of all. */
const struct function *source_function(const struct source *source, int token);
const struct function *source_function_named(const struct source *source, const char *name);
/* How often the word is called (is followed by a parenthesis) in first..last. */
int source_calls(const struct source *source, const char *word, int first, int last);
/* Index of the next occurrence of the word in from..last, or -1. */
int source_find(const struct source *source, const char *word, int from, int last);
/* The text with every run of white space made one blank, and none around brackets. */
char *text_fold(const char *text);

#endif
