/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CTEXT_TOKENIZER_H
#define GUPCONV_CTEXT_TOKENIZER_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * The tokenizer of C text: translation phases 2 and 3, with one token at a
 * time and no memory of its own. Macros are not expanded and directives are
 * not obeyed; conditional_stack.h does what is needed of the latter.
 *
 * Where it differs from the standard: a spliced line ends a word or a number
 * (no kernel file splices one), trigraphs are not replaced (the compiler does
 * not either, without -trigraphs), and <name> after #include is no token of
 * its own. The bytes of other scripts and '$' count as letters.
 */

enum token_kind {
	TOKEN_WORD,		/* identifier or keyword */
	TOKEN_NUMBER,		/* preprocessing number: 0x1f, 1.5e+3, .5f */
	TOKEN_STRING,		/* "...", without a prefix: L"x" is a word and a string */
	TOKEN_CHARACTER,	/* '...' */
	TOKEN_PUNCT,		/* operator, bracket or any other byte */
	TOKEN_DIRECTIVE,	/* # or %:, first on its line */
	TOKEN_NEWLINE,		/* end of a line that no backslash continues */
};

/**
 * struct token - one token of C text
 * @kind: what it is
 * @c: of a TOKEN_PUNCT of one character: that; of a digraph: what it stands for; else 0
 * @start: byte offset, from 0
 * @end: offset of the byte after it
 * @line: of its first byte, from 1
 *
 * A string or character constant that is not closed on its line ends before
 * the newline; a comment that is not closed ends with the text.
 */
struct token {
	enum token_kind kind;
	char c;
	guint start, end, line;
};

/**
 * struct span - a stretch of text outside of the token stream: a comment
 * @start: byte offset of its slash
 * @end: of the byte after it; a line comment's newline is none of it
 * @line: where it starts, from 1
 */
struct span {
	guint start, end, line;
};

/**
 * struct tokenizer - where the cutting stands
 * @text: not owned, @size bytes; NUL bytes are as any other
 * @at: offset of the next byte
 * @line: its line, from 1
 * @line_start: offset of that line's first byte
 * @line_begins: nothing but blanks and comments so far on this line
 * @comments: gets the struct span of each comment; NULL: they are only skipped
 */
struct tokenizer {
	const char *text;
	guint size;
	guint at, line, line_start;
	bool line_begins;
	GArray *comments;
};

/* text: of less than 4 GB, as all offsets are guint. */
static inline struct tokenizer tokenizer_begin(const char *text, size_t size)
{
	return (struct tokenizer){ .text = text, .size = size, .line = 1, .line_begins = true };
}

/* The next token; false at the end of the text, and *token stays as it was. */
bool tokenizer_next(struct tokenizer *tokenizer, struct token *token);

/* Past the TOKEN_NEWLINE that ends the line, or to the end of the text. */
void tokenizer_skip_line(struct tokenizer *tokenizer);

/* The token has that text. */
bool tokenizer_token_is(const struct tokenizer *tokenizer, const struct token *token,
			const char *text);

#endif
