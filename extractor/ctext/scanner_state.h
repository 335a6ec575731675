/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CTEXT_SCANNER_STATE_H
#define GUPCONV_CTEXT_SCANNER_STATE_H

#include "ctext/call_scanner.h"

/* What the files of the lexer share. */

/* One #if ... #endif level: what holds in its present branch. */
struct branch {
	char *condition;	/* of the present branch, in words */
	char *excluded;		/* what the branches before it ruled out, or NULL */
	GPtrArray *past;	/* the conditions of those branches (char *) */
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
	GHashTable *assumed;	/* condition -> whether it shall hold, or NULL */
	char *forced;		/* copy of the text with such conditions put in */
};

static inline bool word_start(char c)
{
	return g_ascii_isalpha(c) || c == '_';
}

static inline bool word_char(char c)
{
	return g_ascii_isalnum(c) || c == '_';
}

/* Past one character, counting lines. */
void lexer_advance(struct lexer *lx);
void lexer_skip_quoted(struct lexer *lx, char quote);
/* To the newline, or over a continuation of the line. */
void lexer_skip_line(struct lexer *lx);
/* true when white space, a comment or a continuation was passed; newlines stay */
bool lexer_skip_blank(struct lexer *lx);
struct lexer lexer_begin(const char *text, size_t size, GHashTable *names);
/* All but what was found and @forced. */
void lexer_end(struct lexer *lx);
/* One token; calls are added to lx->calls when there is one. */
void lexer_token(struct lexer *lx);

/* A directive, at its '#'. */
void lexer_directive(struct lexer *lx);
/* The #if stack in words; dead when a branch of it is #if 0. */
char *lexer_guard_words(const struct lexer *lx, bool *dead);
void lexer_branch_free(void *branch);

#endif
