/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_SELECT_TOKEN_RANGE_H
#define GUPCONV_CONVERT_SELECT_TOKEN_RANGE_H

#include "ctext/tokens.h"

/* A run of tokens, both ends inclusive; first < 0: none. */
struct token_range {
	int first, last;
};

#define NO_RANGE ((struct token_range){ -1, -2 })

bool token_range_is_empty(struct token_range range);
/* The same texts, token by token. */
bool token_range_same(const struct tokens *tokens, struct token_range a, struct token_range b);
bool token_same(const struct tokens *tokens, int a, int b);
/* Does the expression name the variable at token `word`? No, when that is -1. */
bool token_range_has(const struct tokens *tokens, struct token_range range, int word);
bool token_range_holds(const struct tokens *tokens, struct token_range range, const char *text);
/* Does it do something when it is read: assign, count, or call anything but a macro? */
bool token_range_acts(const struct tokens *tokens, struct token_range range);
/* "name", "a->b.c": no operators, no brackets. */
bool token_range_is_lvalue(const struct tokens *tokens, struct token_range range);

#endif
