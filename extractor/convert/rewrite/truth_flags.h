/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_REWRITE_TRUTH_FLAGS_H
#define GUPCONV_CONVERT_REWRITE_TRUTH_FLAGS_H

#include "ctext/tokens.h"

/**
 * struct truth_flags - how a truth value that is passed as FOLL_ flags is to be written
 * @first, @last: the tokens that change
 * @text: what they become; caller frees
 *
 *	dir == DMA_FROM_DEVICE		dir == DMA_FROM_DEVICE ? FOLL_WRITE : 0
 *	write ? 1 : 0			write ? FOLL_WRITE : 0
 *	1				FOLL_WRITE
 *
 * The value stays the same: FOLL_WRITE is 1 in all trees.
 */
struct truth_flags {
	int first, last;
	char *text;
};

/* Of the argument from token first to last. NULL, or why it cannot be told (not to be freed). */
const char *truth_flags_write(const struct tokens *tokens, int first, int last,
			      struct truth_flags *flags);

/*
 * Can the expression of these tokens stand beside "|" as it is? false: it has an operator of its
 * own, outside of brackets, that binds less.
 */
bool expression_binds(const struct tokens *tokens, int first, int last);

#endif
