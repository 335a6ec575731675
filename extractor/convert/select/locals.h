/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_SELECT_LOCALS_H
#define GUPCONV_CONVERT_SELECT_LOCALS_H

#include "ctext/tokens.h"

/**
 * struct local - a variable of a function, by token indices
 * @name: the identifier in its declaration
 * @first: first token of the declaration
 * @last: its semicolon; for a parameter the comma or parenthesis after it
 * @scope_end: last token where the name means this variable
 */
struct local {
	int name, first, last, scope_end;
	bool param;
};

/* The variable that the word at token `use` names; false: none of the function's own. */
bool local_find(const struct tokens *tokens, const struct function *function, const char *word,
		int use, struct local *local);
bool local_is_unsigned(const struct tokens *tokens, const struct local *local);
/* The name of the call, or macro, in whose arguments the token stands, or -1. */
int enclosing_call(const struct tokens *tokens, int token);
/* The opening brace around the token, or -1. */
int block_open(const struct tokens *tokens, int token);
/* First token of the statement that holds the token. */
int statement_first(const struct tokens *tokens, int token);
/* Last token of the statement that starts at first. */
int statement_last(const struct tokens *tokens, int first);

/*
 * The text without the declarations of local variables that the old text used
 * and the new one does not.
 */
char *locals_clean(const char *old, const char *text);

#endif
