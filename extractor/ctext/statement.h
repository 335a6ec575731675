/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CTEXT_STATEMENT_H
#define GUPCONV_CTEXT_STATEMENT_H

#include "ctext/tokens.h"

/* Statements and blocks by their tokens, without a grammar: from brackets, semicolons, keywords. */

/* The opening brace around the token, or -1. */
int statement_block(const struct tokens *tokens, int token);
/* The name of the call, or macro, in whose arguments the token stands, or -1. */
int statement_call(const struct tokens *tokens, int token);
/* First token of the statement that holds the token, behind its labels. */
int statement_first(const struct tokens *tokens, int token);
/* Last token of the statement that starts at first. */
int statement_last(const struct tokens *tokens, int first);

#endif
