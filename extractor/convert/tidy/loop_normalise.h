/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_TIDY_LOOP_NORMALISE_H
#define GUPCONV_CONVERT_TIDY_LOOP_NORMALISE_H

#include "ctext/tokens.h"
#include "model/reason.h"

/*
 * Normal form of a loop that a rule takes away, for spatch: comments inside of
 * it, which it would lose, stand before it, and "do S while (x);", which no rule
 * has, is "while (x) S".
 */

/*
 * Why the loop in tokens first..last has no such form, or NULL. words: tokens that name the
 * variables which go with it, -1 at the end: a comment on one of them would be left over.
 */
enum reason_code loop_normalise_objection(const struct tokens *tokens, int first, int last,
				     const int *words);

/*
 * The loop with the name at `callee` replaced by the mark; REASON_NONE when its text is in normal
 * form. Caller frees.
 */
char *loop_normalise(const struct tokens *tokens, int first, int last, int callee,
		     const char *mark);

#endif
