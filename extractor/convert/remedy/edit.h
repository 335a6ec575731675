/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_REMEDY_EDIT_H
#define GUPCONV_CONVERT_REMEDY_EDIT_H

#include "ctext/tokens.h"

/* Edits of a text by its tokens. All return the whole new text; caller frees. */

/* Tokens first..last, inclusive, replaced. */
char *edit_replace(const struct tokens *tokens, int first, int last, const char *with);
/*
 * Statements put before the one that begins at the token, with its indentation; lines: without
 * indentation, each with a newline behind it. Where it is the body of an if or a loop without
 * braces, it gets some. NULL where that is not possible: it shares its line with another
 * statement, is the branch of an if that has an else, or a macro's.
 */
char *edit_insert_before(const struct tokens *tokens, int first, const char *lines);
/* The statement first..last put in an "if (test)" of its own; NULL likewise. */
char *edit_guard(const struct tokens *tokens, int first, int last, const char *test);

/* The blanks at the beginning of the token's line; NULL where others stand before it there. */
char *edit_indent(const struct tokens *tokens, int token);
/* The "if", "for", "else" or loop macro that the statement or block is the body of; or -1. */
int edit_head(const struct tokens *tokens, int first);
/* There is one, and the statement is no block. */
bool edit_is_bare(const struct tokens *tokens, int first);
/* A statement begins at the token: also one that is such a body. */
bool edit_is_statement(const struct tokens *tokens, int token);

#endif
