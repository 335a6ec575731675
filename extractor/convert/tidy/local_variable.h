/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_TIDY_LOCAL_VARIABLE_H
#define GUPCONV_CONVERT_TIDY_LOCAL_VARIABLE_H

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
bool local_find(const struct tokens *tokens, const struct token_function *function,
		const char *word, int use, struct local *local);
/* The variable whose declarator the word at index is; false: it is none. */
bool local_declared(const struct tokens *tokens, int index, struct local *local);
/* The function has one variable of that name, and it is not static. */
bool local_is_only_one(const struct tokens *tokens, const struct token_function *function,
		       const char *word);
bool local_is_unsigned(const struct tokens *tokens, const struct local *local);

#endif
